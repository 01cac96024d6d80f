// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Event;
import io.nephometer.model.Processed;
import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That an instance existed in a period, as an event says it. It is metered once, whoever says it first and in whichever form; what others say
 * is kept as an event and compared.
 *
 * @param key of the message
 * @param facts traits that are compared, in the order of their names; see {@link TraitsJson}
 */
record Occurrence(Key of, UUID key, String facts) {
    private static final Set<String> TYPES = Set.of("compute.instance.exists", "instance.exists");
    private static final Set<String> COMPARED = Set.of(
            "tenant_id",
            "user_id",
            "display_name",
            "host",
            "state",
            "instance_type",
            "instance_flavor_id",
            "vcpus",
            "memory_mb",
            "disk_gb",
            "root_gb",
            "ephemeral_gb",
            "launched_at",
            "deleted_at");

    /** The natural key. Times in microseconds since the epoch. */
    record Key(String resource, long begin, long end) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::resource)
                .thenComparingLong(Key::begin)
                .thenComparingLong(Key::end);

        @Override
        public int compareTo(Key that) {
            return ORDER.compare(this, that);
        }
    }

    /** What an entry says; null if it says no such thing, or gives no samples that could be counted twice. */
    static @Nullable Occurrence of(Processed entry, UUID key) throws UnstorableException {
        if (!(entry instanceof Processed.Converted converted)
                || converted.samples().isEmpty()) {
            return null;
        }
        Event event = converted.event();
        if (!TYPES.contains(event.type())) {
            return null;
        }
        String instance = text(event, "instance_id");
        Instant begin = time(event, "audit_period_beginning");
        Instant end = time(event, "audit_period_ending");
        if (instance == null || begin == null || end == null) {
            return null;
        }
        Key of = new Key(
                StorableText.name("the instance of an event", instance),
                StorableText.micros("the beginning of a period", begin),
                StorableText.micros("the end of a period", end));
        return new Occurrence(of, key, facts(event));
    }

    private static String facts(Event event) throws UnstorableException {
        return TraitsJson.write(event.traits().stream()
                .filter(trait -> COMPARED.contains(trait.name()))
                .sorted(Comparator.comparing(Trait::name))
                .toList());
    }

    private static @Nullable TraitValue value(Event event, String name) {
        for (Trait trait : event.traits()) {
            if (trait.name().equals(name)) {
                return trait.value();
            }
        }
        return null;
    }

    private static @Nullable String text(Event event, String name) {
        return value(event, name) instanceof TraitValue.Text(String text) ? text : null;
    }

    private static @Nullable Instant time(Event event, String name) {
        return value(event, name) instanceof TraitValue.Datetime(Instant time) ? time : null;
    }
}
