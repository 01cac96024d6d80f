// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import io.nephometer.simulator.http.Query;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The part of a list that follows a marker.
 *
 * @param next marker of the next page, if this one is full: it may be empty
 */
public record MarkedPage<T>(List<T> entries, Optional<String> next) {
    public MarkedPage {
        entries = List.copyOf(entries);
    }

    /**
     * The page that a query wants; empty if its marker names nothing in the list.
     *
     * @param most entries on a page, whatever the query says
     */
    public static <T> Optional<MarkedPage<T>> of(List<T> all, Function<T, String> name, Query query, int most) {
        int limit = query.last("limit")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Math.min(most, Integer.parseInt(text)))
                .orElse(most);
        Optional<String> marker = query.last("marker");
        int from = 0;
        if (marker.isPresent()) {
            while (from < all.size() && !name.apply(all.get(from)).equals(marker.get())) {
                from++;
            }
            if (from == all.size()) {
                return Optional.empty();
            }
            from++;
        }
        List<T> entries = all.subList(from, Math.min(all.size(), from + limit));
        boolean isFull = !entries.isEmpty() && entries.size() == limit;
        return Optional.of(
                new MarkedPage<>(entries, isFull ? Optional.of(name.apply(entries.getLast())) : Optional.empty()));
    }
}
