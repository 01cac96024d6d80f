// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.inventory.shared.record.Knowledge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets readers see a second set: with all that was changed in the first while the second was filled, in one step. */
final class Switchover {
    /** Each time less can have been changed meanwhile; what changes faster than that is left to the next turn. */
    private static final int ATTEMPTS = 20;

    private final Seated work;
    private final Map<String, Instant> told;

    /**
     * From the first set to the second.
     *
     * @param told when each instance of the second set was told, by id
     */
    Switchover(Seated work, Map<String, Instant> told) {
        this.work = work;
        this.told = told;
    }

    /**
     * Switches, with the record of the refresh.
     *
     * @param granted the wishes for a refresh that this grants
     * @return false if the first set was changed during each attempt: nothing is lost, and the next call goes on from there
     */
    boolean show(String refreshRecord, long granted) throws SharedCacheException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            copy(work.seat().takeTouched());
            work.renew();
            if (work.seat().show(refreshRecord, granted)) {
                return true;
            }
        }
        return false;
    }

    private void copy(Set<String> touched) throws SharedCacheException {
        for (List<String> ids : Chunks.of(touched)) {
            List<Entry> later = new ArrayList<>();
            for (KnownInstance known : work.cache().instances(ids).values()) {
                if (Knowledge.of(known) instanceof Knowledge.Here(CachedInstance instance) && isLater(instance)) {
                    later.add(InstanceBody.entry(instance));
                }
            }
            work.seat().fill(later);
        }
    }

    private boolean isLater(CachedInstance instance) {
        Instant read = told.get(instance.server().id());
        return read == null || !instance.told().isBefore(read);
    }
}
