// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.process;

import io.nephometer.runtime.WallClock;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import java.time.Duration;

/** The ledger of a run, looked at with more patience than the product has: a busy machine must not end a run. */
public final class RunLedger {
    private static final LedgerOptions PATIENT = new LedgerOptions(
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            Duration.ofMinutes(1),
            1,
            1,
            10_000,
            CommitProbe.NONE);

    private RunLedger() {}

    /** Makes its tables. */
    static void make(String url) {
        Ledgers.migrate(StoreUrl.parse(url), PATIENT);
    }

    /** Opens it beside whoever writes to it. */
    public static LedgerView open(String url) {
        return Ledgers.openReadOnly(StoreUrl.parse(url), PATIENT, WallClock.system());
    }
}
