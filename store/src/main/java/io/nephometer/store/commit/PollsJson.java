// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Incarnation.Polled;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a member measures, as stored: {@code [[source, seconds], …]}. */
public final class PollsJson {
    private PollsJson() {}

    static String write(Set<Polled> polls) {
        return Json.write(polls.stream()
                .sorted(Comparator.comparing(Polled::source).thenComparing(Polled::interval))
                .map(it ->
                        List.of(StorableText.cleaned(it.source()), it.interval().toSeconds()))
                .toList());
    }

    /** Reads the stored form. */
    public static Set<Polled> read(String stored) {
        Set<Polled> polls = new HashSet<>();
        try {
            if (Json.parse(stored) instanceof List<?> list) {
                for (Object one : list) {
                    if (one instanceof List<?> pair && pair.get(1) instanceof Number seconds) {
                        polls.add(new Polled(String.valueOf(pair.get(0)), Duration.ofSeconds(seconds.longValue())));
                    }
                }
            }
        } catch (JsonException e) {
            throw new IllegalStateException("the ledger holds what a member measures as no JSON", e);
        }
        return polls;
    }
}
