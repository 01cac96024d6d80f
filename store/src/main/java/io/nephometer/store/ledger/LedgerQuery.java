// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events, samples, resources, meters. Null, or an empty map, is no restriction; what does not apply to what is asked
 * for (traits to samples, meters to events) is not looked at.
 *
 * @param type event type; {@code *} stands for any characters and {@code ?} for one
 * @param meter name of a meter; {@code *} and {@code ?} as above
 * @param resource exact id
 * @param project exact id
 * @param from earliest time, included
 * @param to latest time, excluded
 * @param traits name to value: text as it is, numbers and times in any form that means the same
 * @param metadata path to value; levels separated by dots, keys that hold dots themselves are found too
 * @param asOf resources are shown as they were known to be then
 * @param limit how many at most, at least 1
 */
public record LedgerQuery(
        @Nullable String type,
        @Nullable String meter,
        @Nullable String resource,
        @Nullable String project,
        @Nullable Instant from,
        @Nullable Instant to,
        Map<String, String> traits,
        Map<String, String> metadata,
        @Nullable Instant asOf,
        @Nullable Long limit) {
    /** Everything. */
    public static final LedgerQuery ALL =
            new LedgerQuery(null, null, null, null, null, null, Map.of(), Map.of(), null, null);

    public LedgerQuery {
        traits = Collections.unmodifiableMap(new LinkedHashMap<>(traits));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
    }

    public LedgerQuery withType(String other) {
        return new LedgerQuery(other, meter, resource, project, from, to, traits, metadata, asOf, limit);
    }

    public LedgerQuery withMeter(String other) {
        return new LedgerQuery(type, other, resource, project, from, to, traits, metadata, asOf, limit);
    }

    public LedgerQuery withResource(String other) {
        return new LedgerQuery(type, meter, other, project, from, to, traits, metadata, asOf, limit);
    }

    public LedgerQuery withProject(String other) {
        return new LedgerQuery(type, meter, resource, other, from, to, traits, metadata, asOf, limit);
    }

    /** From {@code start}, included, to {@code end}, excluded. */
    public LedgerQuery between(@Nullable Instant start, @Nullable Instant end) {
        return new LedgerQuery(type, meter, resource, project, start, end, traits, metadata, asOf, limit);
    }

    public LedgerQuery withTraits(Map<String, String> other) {
        return new LedgerQuery(type, meter, resource, project, from, to, other, metadata, asOf, limit);
    }

    public LedgerQuery withMetadata(Map<String, String> other) {
        return new LedgerQuery(type, meter, resource, project, from, to, traits, other, asOf, limit);
    }

    public LedgerQuery withAsOf(Instant other) {
        return new LedgerQuery(type, meter, resource, project, from, to, traits, metadata, other, limit);
    }

    public LedgerQuery withLimit(long other) {
        return new LedgerQuery(type, meter, resource, project, from, to, traits, metadata, asOf, other);
    }
}
