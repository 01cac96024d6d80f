// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.model.InstanceShare;
import io.nephometer.model.Period;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Inventory;
import java.time.Instant;
import java.util.Set;

/**
 * The ledger's inventory, divided by instances. On which host one was may still become known between the audits of two shares; by hosts it could
 * then be in neither.
 */
record InstanceInventory(LedgerInventory all) implements Inventory {
    @Override
    public String partition() {
        return "instances";
    }

    @Override
    public Place place(Instant needed) throws AuditException {
        return all.place(needed);
    }

    @Override
    public Window window(Period period, int share, Instant needed) throws AuditException {
        return all.window(period, InstanceShare.of(share));
    }

    @Override
    public Window window(Period period, Set<String> instances, Instant needed) throws AuditException {
        return all.window(period, instances, needed);
    }
}
