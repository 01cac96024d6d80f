// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.CatalogShelf;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What a script is given: texts, which it never takes for code. */
final class Arguments {
    private final List<String> all = new ArrayList<>();

    List<String> list() {
        return all;
    }

    Arguments add(String... texts) {
        all.addAll(List.of(texts));
        return this;
    }

    Arguments add(Collection<String> texts) {
        all.addAll(texts);
        return this;
    }

    Arguments add(Amendment amendment) {
        return switch (amendment) {
            case Amendment.Put put -> add("put", put.id(), Long.toString(put.expected()), put.host(), put.body());
            case Amendment.Delete delete ->
                add("delete", delete.id(), Long.toString(delete.expected()), millis(delete.at()), "");
        };
    }

    static String name(CatalogShelf shelf) {
        return shelf.name().toLowerCase(Locale.ROOT);
    }

    static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    static String micros(Duration time) {
        return Long.toString(time.dividedBy(ChronoUnit.MICROS.getDuration()));
    }
}
