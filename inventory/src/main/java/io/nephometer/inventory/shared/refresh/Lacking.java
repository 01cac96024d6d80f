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
 * Many are a reason to doubt the reading: they stay until a second one lacks them, too.
 */
final class Lacking {
    private final Seated work;
    private final WholeReading reading;
    private final List<CachedInstance> doubtful = new ArrayList<>();

    Lacking(Seated work, WholeReading reading) {
        this.work = work;
        this.reading = reading;
    }

    /**
     * Brings into the second set those that stay.
     *
     * @return how many are there only because a second reading has not confirmed yet that they are gone
     */
    int settle() throws SharedCacheException {
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

    private int lookUp() throws SharedCacheException {
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
        return 0;
    }

    private int doubt() throws SharedCacheException {
        List<Entry> kept = doubtful.stream()
                .filter(instance -> instance.missingSince() == null)
                .map(instance ->
                        InstanceBody.entry(instance.missing(reading.poll().at())))
                .toList();
        for (List<Entry> entries : Chunks.of(kept)) {
            work.seat().fill(entries);
        }
        reading.found().dropped(doubtful.size() - (long) kept.size());
        return kept.size();
    }
}
