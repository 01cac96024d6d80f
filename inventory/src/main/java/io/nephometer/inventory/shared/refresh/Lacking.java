// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.inventory.shared.record.Knowledge;
import io.nephometer.inventory.shared.record.Observation;
import io.nephometer.openstack.api.ApiException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Instances that are known, and that a whole reading lacks although nobody told that they are gone. A few are asked for by their id.
 * Many are a reason to doubt the reading: they stay until a second one lacks them, too, and longer while Nova does not reach a cell.
 */
final class Lacking {
    /** So many of those that a second reading lacks are asked for by their id, before all of them are believed to be gone. */
    private static final int SAMPLE = 5;

    private final Seated work;
    private final WholeReading reading;
    private final List<CachedInstance> doubtful = new ArrayList<>();

    /**
     * What became of them.
     *
     * @param unconfirmed stay only because it is not confirmed yet that they are gone
     * @param dropped are gone, by nothing but their absence
     */
    record Settled(int unconfirmed, int dropped) {}

    Lacking(Seated work, WholeReading reading) {
        this.work = work;
        this.reading = reading;
    }

    /** Brings into the second set those that stay. */
    Settled settle() throws SharedCacheException {
        Set<String> lacking = new TreeSet<>(work.seat().shown());
        lacking.removeAll(reading.told().keySet());
        for (List<String> ids : Chunks.of(lacking)) {
            work.seat().fill(told(work.cache().instances(ids)));
        }
        return doubtful.size() <= work.options().maxLookups() ? lookUp() : doubt();
    }

    /** Those that somebody told of since the reading began; the others are doubtful. */
    private List<Entry> told(Map<String, KnownInstance> known) {
        List<Entry> told = new ArrayList<>();
        for (KnownInstance one : known.values()) {
            if (Knowledge.of(one) instanceof Knowledge.Here(CachedInstance instance)) {
                if (instance.told().isBefore(reading.poll().at())) {
                    doubtful.add(instance);
                } else {
                    told.add(InstanceBody.entry(instance));
                }
            }
        }
        return told;
    }

    private Settled lookUp() throws SharedCacheException {
        List<Entry> kept = new ArrayList<>();
        Instant told = reading.poll().at();
        for (CachedInstance instance : doubtful) {
            String id = instance.server().id();
            try {
                Observation seen = work.cloud()
                        .server(id)
                        .<Observation>map(server -> new Observation.Answer(server, told))
                        .orElseGet(() -> new Observation.Deletion(id, told));
                work.amend(List.of(seen), reading.found());
                if (!(seen instanceof Observation.Deletion)) {
                    kept.add(InstanceBody.entry(
                            instance)); // what the answer changed is copied with all that was touched
                }
            } catch (ApiException _) {
                kept.add(InstanceBody.entry(instance.missing(told)));
            }
        }
        work.seat().fill(kept);
        return new Settled(0, 0);
    }

    private Settled doubt() throws SharedCacheException {
        List<CachedInstance> again = doubtful.stream()
                .filter(instance -> instance.missingSince() != null)
                .toList();
        boolean gone = !reading.lacksCells() && areGone(again);
        List<Entry> kept = doubtful.stream()
                .filter(instance -> !gone || instance.missingSince() == null)
                .map(instance ->
                        InstanceBody.entry(instance.missing(reading.poll().at())))
                .toList();
        for (List<Entry> entries : Chunks.of(kept)) {
            work.seat().fill(entries);
        }
        int dropped = doubtful.size() - kept.size();
        reading.found().dropped(dropped);
        return new Settled(kept.size(), dropped);
    }

    /** Nova says so of some of them, spread over all. Of a cell that it does not reach it says nothing, or that the instance is there. */
    private boolean areGone(List<CachedInstance> instances) {
        int step = Math.max(1, instances.size() / SAMPLE);
        for (int i = 0; i < instances.size(); i += step) {
            try {
                if (work.cloud().server(instances.get(i).server().id()).isPresent()) {
                    return false;
                }
            } catch (ApiException _) {
                return false;
            }
        }
        return true;
    }
}
