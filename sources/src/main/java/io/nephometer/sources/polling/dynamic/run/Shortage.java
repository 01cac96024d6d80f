// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.model.Shortfall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what is missing: of each reason how much, and the first message. For one thread. */
final class Shortage {
    /** The answer cannot be used, or there was none. */
    static final String REQUEST = "dynamic_request";
    /** An entry gave no sample. */
    static final String ENTRY = "dynamic_entry";
    /** A sample lacks metadata of a further request. */
    static final String METADATA = "dynamic_metadata";

    private static final int MOST_DETAIL = 500;

    private final Map<String, Shortfall> shortfalls = new LinkedHashMap<>();

    /** @param count 0 if nobody can tell */
    void add(String reason, long count, @Nullable String detail) {
        String text = String.valueOf(detail);
        String cut = text.length() > MOST_DETAIL ? text.substring(0, MOST_DETAIL) + "…" : text;
        shortfalls.merge(
                reason,
                new Shortfall(reason, count, cut),
                (first, more) -> new Shortfall(reason, first.count() + more.count(), first.detail()));
    }

    List<Shortfall> all() {
        return List.copyOf(shortfalls.values());
    }
}
