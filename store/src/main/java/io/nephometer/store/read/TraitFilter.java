// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.runtime.json.Json;
import io.nephometer.store.commit.Engine;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code name = value} into what a trait of that name and value looks like when stored, for each type that the value
 * can be read as: {@code 2} finds the text "2", the integer 2 and the float 2.0.
 */
final class TraitFilter {
    private TraitFilter() {}

    static void add(SqlText sql, Engine engine, String name, String value) {
        List<Object> parameters = new ArrayList<>();
        alternative(parameters, name, 1, value);
        if (value.matches("[+-]?[0-9]{1,400}")) {
            BigInteger number = new BigInteger(value);
            alternative(parameters, name, 2, number.bitLength() < 64 ? (Object) number.longValue() : number.toString());
        }
        Double decimal = decimal(value);
        if (decimal != null) {
            alternative(parameters, name, 3, decimal);
        }
        Instant time = time(value);
        if (time != null) {
            alternative(parameters, name, 4, time.toString());
        }
        sql.add("AND " + engine.traitCondition(parameters.size() / 3), parameters.toArray());
    }

    private static void alternative(List<Object> parameters, String name, int dtype, Object value) {
        parameters.add(Json.write(name));
        parameters.add(dtype);
        parameters.add(Json.write(value));
    }

    private static @Nullable Double decimal(String value) {
        try {
            return Double.valueOf(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** ISO 8601, UTC where it names no offset. */
    private static @Nullable Instant time(String value) {
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            try {
                return LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException notEither) {
                return null;
            }
        }
    }
}
