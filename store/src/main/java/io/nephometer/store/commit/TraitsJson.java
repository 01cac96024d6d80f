// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Traits as JSON text: {@code [[name, dtype, value], …]}. Integers that 64 bits cannot hold, NaN and the infinities are
 * texts; times are ISO 8601 in UTC with the digits they need.
 */
public final class TraitsJson {
    private TraitsJson() {}

    static String write(List<Trait> traits) throws UnstorableException {
        List<List<Object>> rows = new ArrayList<>(traits.size());
        for (Trait trait : traits) {
            StorableText.text("the name of a trait", trait.name());
            rows.add(List.of(trait.name(), (long) trait.value().dtype(), plain(trait)));
        }
        return Json.write(rows);
    }

    private static Object plain(Trait trait) throws UnstorableException {
        return switch (trait.value()) {
            case TraitValue.Text(String text) -> StorableText.text("trait " + trait.name(), text);
            case TraitValue.Int(BigInteger number) ->
                number.bitLength() < 64 ? (Object) number.longValue() : number.toString();
            case TraitValue.Decimal(double number) -> number;
            case TraitValue.Datetime(Instant time) -> {
                StorableText.micros("trait " + trait.name(), time);
                yield time.truncatedTo(ChronoUnit.MICROS).toString();
            }
        };
    }

    /** The traits that {@link #write} wrote. */
    public static List<Trait> read(String json) {
        try {
            List<Trait> traits = new ArrayList<>();
            for (Object row : list(Json.parse(json))) {
                List<?> parts = list(row);
                traits.add(new Trait((String) part(parts, 0), value((Long) part(parts, 1), part(parts, 2))));
            }
            return traits;
        } catch (JsonException e) {
            throw new IllegalStateException("the ledger holds traits that are not JSON: " + json, e);
        }
    }

    private static TraitValue value(long dtype, Object value) {
        return switch ((int) dtype) {
            case 1 -> new TraitValue.Text((String) value);
            case 2 ->
                value instanceof Long number
                        ? TraitValue.Int.of(number)
                        : new TraitValue.Int(new BigInteger(value.toString()));
            case 3 ->
                new TraitValue.Decimal(value instanceof Double number ? number : Double.parseDouble(value.toString()));
            case 4 -> new TraitValue.Datetime(Instant.parse((String) value));
            default -> throw new IllegalStateException("the ledger holds a trait of unknown type " + dtype);
        };
    }

    private static List<?> list(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalStateException("the ledger holds traits in an unknown form");
    }

    private static Object part(List<?> parts, int i) {
        Object part = parts.get(i);
        if (part == null) {
            throw new IllegalStateException("the ledger holds a trait without a name or value");
        }
        return part;
    }
}
