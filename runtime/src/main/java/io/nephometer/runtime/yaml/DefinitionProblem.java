// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.yaml;

import io.nephometer.runtime.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a definition file.
 *
 * @param severity what becomes of the file because of it
 * @param file as the user named it
 * @param line counted from 1; 0 if the file as a whole is meant
 * @param key where in the definitions, such as {@code metric[3].volume}; empty for the file as a whole
 * @param value as read from the file; null also where there is none
 * @param message what is wrong and what is expected
 */
public record DefinitionProblem(
        Severity severity,
        String file,
        int line,
        String key,
        @Nullable Object value,
        String message) {

    /** What a problem does to what is loaded. */
    public enum Severity {
        /** Nothing is loaded. */
        ERROR,
        /** The definition is left out, the others are loaded. */
        SKIPPED,
        /** Everything is loaded. */
        WARNING
    }

    /** One line for a human: {@code meters.yaml:12: metric[3].volume: … (value: "%")}. */
    public String text() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(": ");
        if (!key.isEmpty()) {
            text.append(key).append(": ");
        }
        text.append(message);
        if (value != null) {
            text.append(" (value: ").append(shortened(Json.write(value))).append(')');
        }
        return text.toString();
    }

    private static String shortened(String json) {
        return json.length() <= 80 ? json : json.substring(0, 77) + "...";
    }
}
