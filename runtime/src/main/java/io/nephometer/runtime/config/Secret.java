// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

/**
 * A text that must not appear in logs, metrics, error messages or printed configuration. In the file it is the text itself,
 * {@code ${NAME}} for a variable of the environment, or {@code file:/path} for the content of a file without its last line end.
 */
public final class Secret {
    private static final String MASK = "***";

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The text itself, for the one place that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Three stars, whatever the text. */
    @Override
    public String toString() {
        return MASK;
    }
}
