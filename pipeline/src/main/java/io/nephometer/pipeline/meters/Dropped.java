// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import io.nephometer.runtime.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A sample that a definition could have given but did not.
 *
 * @param meter the name of the meter as text
 * @param value what stood in the way: a plain JSON value, or for an uneven look-up a text with the counts
 */
public record Dropped(String meter, Reason reason, @Nullable Object value) {
    /** Why there is no sample. */
    public enum Reason {
        /** The volume is null or its path has no match. */
        NO_VOLUME("has no volume"),
        /** The volume is a text that is no number. */
        NOT_NUMERIC("has a volume that is no number"),
        /** The volume is not a number, or no finite one. */
        NOT_FINITE("has a volume that is no finite number"),
        /** The definition looks up several samples and its name has no match. */
        NOTHING_LOOKED_UP("has no match for its name"),
        /** The definition looks up several samples and an attribute has another number of values than the name. */
        LOOKUP_UNEVEN("has not one value for each name"),
        /** The name is null. */
        NO_NAME("has no name"),
        /** The type is not gauge, delta or cumulative. */
        UNKNOWN_TYPE("has a type that is not gauge, delta or cumulative");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** Whether it is the volume that stands in the way. */
        public boolean isAboutVolume() {
            return this == NO_VOLUME || this == NOT_NUMERIC || this == NOT_FINITE;
        }
    }

    /** One line for a human. */
    public String text() {
        String shown = reason == Reason.LOOKUP_UNEVEN ? String.valueOf(value) : Json.write(value);
        return "meter " + meter + " " + reason.text + (value == null ? "" : ": " + shown);
    }
}
