// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.events;

import io.nephometer.model.TraitValue;
import io.nephometer.pipeline.decode.IsoTime;
import io.nephometer.pipeline.grammar.FieldException;
import io.nephometer.pipeline.grammar.PlainNumber;
import io.nephometer.pipeline.jsonpath.PythonText;
import io.nephometer.runtime.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a definition wants a trait to be. */
public enum TraitType {
    /** Text whose empty values give no trait. Ceilometer calls it 0, which the ledger does not know: stored as text. */
    NONE(0) {
        @Override
        TraitValue convert(Object value) {
            return TEXT.convert(value);
        }
    },
    /** Anything as text, at most {@value #MAX_TEXT} characters of it. */
    TEXT(1) {
        @Override
        TraitValue convert(Object value) {
            String text = PythonText.str(value);
            boolean fits = text.length() <= MAX_TEXT || text.codePointCount(0, text.length()) <= MAX_TEXT;
            return new TraitValue.Text(fits ? text : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT)));
        }
    },
    /** An integer; floats are cut towards zero. */
    INT(2) {
        @Override
        TraitValue convert(Object value) {
            return new TraitValue.Int(PlainNumber.integer(value).orElseThrow(() -> unfit("integer", value)));
        }
    },
    /** A float. */
    FLOAT(3) {
        @Override
        TraitValue convert(Object value) {
            return new TraitValue.Decimal(PlainNumber.decimal(value).orElseThrow(() -> unfit("float", value)));
        }
    },
    /** A point in time. */
    DATETIME(4) {
        @Override
        TraitValue convert(Object value) {
            if (!(value instanceof String text)) {
                throw unfit("ISO 8601 time", value);
            }
            try {
                Instant instant = IsoTime.parse(text).instant();
                if (instant.isBefore(FIRST) || !instant.isBefore(LAST)) {
                    throw unfit("time in the years 1 to 9999 UTC", value);
                }
                return new TraitValue.Datetime(instant);
            } catch (DateTimeException e) {
                throw new FieldException(String.valueOf(e.getMessage()));
            }
        }
    };

    private static final int MAX_TEXT = 255;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("+10000-01-01T00:00:00Z");

    private final int dtype;

    TraitType(int dtype) {
        this.dtype = dtype;
    }

    /** The number of the type on the wire. */
    public int dtype() {
        return dtype;
    }

    /** The type that a definition calls {@code name}, in any case of letters. */
    static Optional<TraitType> named(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "TEXT" -> Optional.of(TEXT);
            case "INT" -> Optional.of(INT);
            case "FLOAT" -> Optional.of(FLOAT);
            case "DATETIME" -> Optional.of(DATETIME);
            case "NONE" -> Optional.of(NONE);
            default -> Optional.empty();
        };
    }

    /** Whether {@code value} gives no trait of this type: null, and an empty text for anything but text. */
    boolean isNothing(@Nullable Object value) {
        return value == null || (this != TEXT && value.equals(""));
    }

    /** @throws FieldException if {@code value} cannot be one of this type */
    abstract TraitValue convert(Object value);

    private static FieldException unfit(String expected, Object value) {
        String shown = Json.write(value);
        return new FieldException(
                "expected " + expected + ", found " + (shown.length() <= 80 ? shown : shown.substring(0, 77) + "..."));
    }
}
