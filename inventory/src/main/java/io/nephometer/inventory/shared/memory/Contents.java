// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.memory;

import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.ForeignCloudException;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.KnownInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a cache holds between two moments at which it is empty. Not thread-safe. */
final class Contents {
    final String incarnation = UUID.randomUUID().toString();
    final Tombstones gone = new Tombstones();
    final Map<CatalogShelf, Bodies> shelves = new EnumMap<>(CatalogShelf.class);

    @Nullable InstanceSet shown;

    @Nullable Staging staging;

    long sets;

    @Nullable Seat seat;

    long tokens;
    long refused;

    @Nullable String cloud;

    private @Nullable String refreshRecord;
    private @Nullable String wish;
    private long wishes;
    private long granted;

    /** A second set, by whom it is filled, and what was changed in the first since. */
    record Staging(long token, InstanceSet set, Set<String> touched) {}

    Head head(Instant now) {
        boolean held = seat != null && now.isBefore(seat.until());
        return new Head(
                incarnation,
                shown == null ? 0 : shown.number(),
                refreshRecord,
                shelf(CatalogShelf.FLAVORS).version(),
                shelf(CatalogShelf.IMAGES).version(),
                now,
                held && seat != null ? seat.holder() : null,
                held && seat != null ? Duration.between(now, seat.until()) : Duration.ZERO,
                wishes > granted ? wish : null,
                wishes,
                cloud,
                refused);
    }

    void checkIsOf(String other) throws ForeignCloudException {
        if (cloud != null && !other.isEmpty() && !cloud.equals(other)) {
            throw new ForeignCloudException(cloud, other);
        }
    }

    Bodies shelf(CatalogShelf shelf) {
        return shelves.computeIfAbsent(shelf, _ -> new Bodies());
    }

    @Nullable KnownInstance known(String id, Instant now) {
        KnownInstance deleted = gone.find(id, now);
        if (deleted != null) {
            return deleted;
        }
        Entry entry = shown == null ? null : shown.get(id);
        return entry == null ? null : new KnownInstance.Held(entry);
    }

    Amended amend(Amendment amendment, long revision, Instant now) {
        if (shown == null) {
            return Amended.NOT_FILLED;
        }
        if (gone.contains(amendment.id())) {
            return Amended.GONE;
        }
        Entry held = shown.get(amendment.id());
        if ((held == null ? 0 : held.revision()) != amendment.expected()) {
            return Amended.CONFLICT;
        }
        apply(shown, amendment, revision, now);
        return Amended.DONE;
    }

    private void apply(InstanceSet set, Amendment amendment, long revision, Instant now) {
        switch (amendment) {
            case Amendment.Put put -> set.put(new Entry(put.id(), put.host(), revision, put.body()));
            case Amendment.Delete delete -> {
                Entry last = set.get(delete.id());
                gone.put(delete.id(), delete.at(), last == null ? null : last.body(), now);
                set.remove(delete.id(), revision);
                if (staging != null) {
                    staging.set().remove(delete.id(), revision);
                }
            }
        }
        if (staging != null) {
            staging.touched().add(amendment.id());
        }
    }

    void stage(long token) {
        staging = new Staging(token, new InstanceSet(++sets), new HashSet<>());
    }

    void record(String record, long upTo) {
        refreshRecord = record;
        granted = Math.max(granted, Math.min(upTo, wishes));
    }

    void want(String reason) {
        wish = reason;
        wishes++;
    }
}
