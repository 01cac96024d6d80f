// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Shortfall;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shortfalls as stored: {@code [[reason, count, detail], …]}, null for none. */
public final class ShortfallsJson {
    private ShortfallsJson() {}

    static @Nullable String write(List<Shortfall> shortfalls) {
        if (shortfalls.isEmpty()) {
            return null;
        }
        return Json.write(shortfalls.stream()
                .map(it -> List.of(StorableText.cleaned(it.reason()), it.count(), StorableText.cleaned(it.detail())))
                .toList());
    }

    /** Reads the stored form. */
    public static List<Shortfall> read(@Nullable String stored) {
        if (stored == null) {
            return List.of();
        }
        List<Shortfall> shortfalls = new ArrayList<>();
        for (Object one : list(stored)) {
            if (one instanceof List<?> row && row.get(1) instanceof Number count) {
                shortfalls.add(
                        new Shortfall(String.valueOf(row.get(0)), count.longValue(), String.valueOf(row.get(2))));
            }
        }
        return shortfalls;
    }

    private static List<?> list(String stored) {
        try {
            return Json.parse(stored) instanceof List<?> list ? list : List.of();
        } catch (JsonException e) {
            throw new IllegalStateException("the ledger holds shortfalls that are no JSON", e);
        }
    }
}
