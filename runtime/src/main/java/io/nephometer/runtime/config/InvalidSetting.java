// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

/** Thrown by the compact constructor of a configuration record: one of its components has a value that is not allowed. */
public final class InvalidSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String component;

    /**
     * Blames a component.
     *
     * @param component the name of the component, as in Java; of a section below, keys as in the file with dots between
     * @param expected what is expected, for a human
     */
    public InvalidSetting(String component, String expected) {
        super(expected);
        this.component = component;
    }

    String component() {
        return component;
    }
}
