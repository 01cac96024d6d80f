// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.nephometer.inventory.Instance;
import io.nephometer.inventory.discovery.LateMetadata;
import io.nephometer.inventory.shared.late.Found;
import io.nephometer.model.Pending;
import io.nephometer.model.Processed;
import io.nephometer.model.Sample;
import io.nephometer.pipeline.batch.BatchCompanion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Joins samples that came without metadata with what the shared cache knows of their instances, as of the moment when they were taken,
 * before they are committed. What nobody knows then is committed with what its hypervisor told, and waits.
 */
public final class LateJoin implements BatchCompanion {
    /** In the metadata of samples that are older than what is known of their instance: of which moment it is. */
    static final String AS_OF = "metadata_as_of";

    private final Function<Collection<String>, Optional<Map<String, Found>>> lookup;
    private final LateMetadata metadata;
    private final LateCount count;

    /** Counts samples by what became of them. */
    @FunctionalInterface
    public interface LateCount {
        void counted(Fate fate, int samples);
    }

    /** What became of samples; a label of metrics. */
    public enum Fate {
        JOINED,
        /** They have what their instance was later, and say so: what it was when they were taken, nobody remembers. */
        NOT_REMEMBERED,
        /** They wait for metadata. */
        PENDING,
        /** Their instance was deleted long ago; what the hypervisor told is all that anybody will ever know. */
        GONE
    }

    /** @param lookup what is known of instances by id; empty while nobody can be asked */
    public LateJoin(
            Function<Collection<String>, Optional<Map<String, Found>>> lookup, LateMetadata metadata, LateCount count) {
        this.lookup = lookup;
        this.metadata = metadata;
        this.count = count;
    }

    @Override
    public Attendance attend() {
        return new Attendance() {
            @Override
            public List<Processed> complete(List<Processed> entries) {
                Set<String> ids = new HashSet<>();
                for (Processed entry : entries) {
                    if (entry instanceof Processed.Measured measured) {
                        measured.pending().forEach(pending -> ids.add(pending.instance()));
                    }
                }
                return ids.isEmpty()
                        ? entries
                        : joined(entries, lookup.apply(ids).orElse(Map.of()));
            }
        };
    }

    private List<Processed> joined(List<Processed> entries, Map<String, Found> found) {
        return entries.stream()
                .map(entry -> entry instanceof Processed.Measured measured ? joined(measured, found) : entry)
                .toList();
    }

    private Processed joined(Processed.Measured measured, Map<String, Found> found) {
        Instant taken = measured.part().measured();
        Instant asOf = taken == null ? measured.part().slot().start() : taken;
        List<Sample> complete = new ArrayList<>(measured.samples());
        List<Pending> waiting = new ArrayList<>();
        for (Pending pending : measured.pending()) {
            Found known = found.get(pending.instance());
            List<Sample> described = described(pending, known instanceof Found.Known one ? one : null, asOf);
            if (known == null) {
                waiting.add(pending.with(described));
            } else {
                complete.addAll(described);
            }
            count.counted(fate(known, asOf), described.size());
        }
        return new Processed.Measured(
                measured.raw(), measured.id(), measured.hash(), measured.part(), complete, waiting);
    }

    private static Fate fate(@Nullable Found known, Instant asOf) {
        return switch (known) {
            case null -> Fate.PENDING;
            case Found.Known one -> one.isKnown(asOf) ? Fate.JOINED : Fate.NOT_REMEMBERED;
            case Found.Gone _ -> Fate.GONE;
        };
    }

    private List<Sample> described(Pending pending, Found.@Nullable Known known, Instant asOf) {
        String project = pending.samples().isEmpty()
                ? null
                : pending.samples().getFirst().projectId();
        Map<String, @Nullable Object> all =
                of(metadata, pending.instance(), project, pending.told(), pending.extras(), known, asOf);
        return pending.samples().stream()
                .map(sample -> sample.describedAs(sample.projectId(), sample.userId(), all))
                .toList();
    }

    /** All metadata of samples: that of their instance as of a moment, and what stands beside. */
    static Map<String, @Nullable Object> of(
            LateMetadata metadata,
            String instance,
            @Nullable String project,
            Map<String, @Nullable Object> told,
            Map<String, @Nullable Object> extras,
            Found.@Nullable Known known,
            Instant asOf) {
        Instance then = known == null ? null : known.at(asOf);
        Map<String, @Nullable Object> all =
                new LinkedHashMap<>(metadata.of(instance, project, told, then).values());
        all.putAll(extras);
        if (known != null && !known.isKnown(asOf)) {
            all.put(AS_OF, known.since().toString());
        }
        return all;
    }
}
