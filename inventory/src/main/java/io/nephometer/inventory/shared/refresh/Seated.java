// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.Amender;
import io.nephometer.inventory.shared.record.Observation;
import java.util.Collection;

/** What a refresher works with while it has the seat. */
record Seated(
        SharedCache cache,
        RefresherSeat seat,
        CountedCloud cloud,
        CatalogStock catalog,
        RefresherOptions options,
        CacheClock clock,
        ReadingWitness witness) {
    /** Brings observations into the set that readers see. */
    void amend(Collection<? extends Observation> seen, Findings found) throws SharedCacheException {
        Amender amender = new Amender(cache, seat::amend);
        for (Amender.Ending ending : amender.apply(seen)) {
            switch (ending.result()) {
                case APPLIED, KEPT -> found.add(ending);
                case CONFLICT, NOT_FILLED ->
                    throw new SharedCacheException("instance " + ending.seen().id() + " could not be amended: "
                            + ending.result() + "; the refresh begins again");
            }
        }
    }

    void renew() throws SharedCacheException {
        seat.renew(options.lease());
    }
}
