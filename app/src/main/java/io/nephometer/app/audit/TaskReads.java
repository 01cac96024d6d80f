// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.config.AuditReadConfig;
import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.ReadFrom;
import io.nephometer.app.config.StoreConfig;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.replica.ReplicaRouter;
import java.util.Optional;
import java.util.function.Supplier;

/** Where each audit reads, by what its section says of itself. */
@FunctionalInterface
interface TaskReads {
    AuditReads of(AuditReadConfig own);

    /** All of them read the ledger itself. */
    static TaskReads primary(Supplier<Optional<Ledger>> ledger) {
        AuditReads primary = new PrimaryReads(ledger);
        return _ -> primary;
    }

    /** Each reads where the router sends it, but for those that read the ledger itself. */
    static TaskReads routed(
            Supplier<Optional<Ledger>> ledger,
            ReplicaRouter<LedgerView> router,
            AuditsConfig config,
            StoreConfig store) {
        return own -> {
            AuditReadConfig reads = config.reads(own);
            return reads.read() == ReadFrom.PRIMARY ? new PrimaryReads(ledger) : ReplicaReads.of(router, reads, store);
        };
    }
}
