// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.testkit.ledger.LedgerFidelityContract;
import io.nephometer.testkit.ledger.LedgerUnderTest;
import io.nephometer.testkit.ledger.SlotSampleContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** All that a ledger promises, whatever database keeps it: each engine has a subclass, and each contract stands here once. */
abstract class EngineContract {
    private LedgerFixture fixture;

    /** An empty place for one more ledger. */
    abstract StoreUrl newLedger();

    @BeforeEach
    void open() {
        fixture = LedgerFixture.open(newLedger());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Nested
    class Decisions extends LedgerFidelityContract {
        @Override
        protected LedgerUnderTest ledger() {
            return fixture;
        }
    }

    @Nested
    class SlotSamples extends SlotSampleContract {
        @Override
        protected LedgerUnderTest ledger() {
            return fixture;
        }
    }

    @Nested
    class Slots extends SlotContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Incarnations extends IncarnationContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class MemberBound extends MemberBoundContract {
        @Override
        StoreUrl url() {
            return newLedger();
        }
    }

    @Nested
    class Epochs extends EpochContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Inventory extends InventoryContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Assets extends AssetContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Cleanups extends CleanupContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Audits extends AuditContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Counts extends CountContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class PendingSamples extends PendingContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Queries extends QueryContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Recovery extends RecoveryContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class RecoveryRaces extends RecoveryRaceContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class LogAndRetention extends LogAndRetentionContract {
        @Override
        LedgerFixture fixture() {
            return fixture;
        }
    }
}
