// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param origin where it stands
 * @param key the full key, such as {@code collector.batch.timeout}; empty for the file as a whole
 * @param value what was written, secrets masked; empty if nothing was
 * @param expected what is expected instead, or what to do
 */
public record Problem(Origin origin, String key, String value, String expected) {
    /** The one-line form: file:line: key: value: what is expected. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(origin.toString());
        if (!key.isEmpty()) {
            text.append(": ").append(key);
        }
        if (!value.isEmpty()) {
            text.append(": ").append(value);
        }
        return text.append(": ").append(expected).toString();
    }
}
