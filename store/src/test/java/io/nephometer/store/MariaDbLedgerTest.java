// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.testkit.ledger.LedgerFidelityContract;
import io.nephometer.testkit.ledger.LedgerUnderTest;
import io.nephometer.testkit.ledger.SlotSampleContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

@Tag("server")
class MariaDbLedgerTest {

    private LedgerFixture fixture;

    @BeforeEach
    void open() {
        fixture = LedgerFixture.open(StoreUrl.parse(SharedMariaDb.newDatabase()));
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
        private final StoreUrl url = StoreUrl.parse(SharedMariaDb.newDatabase());

        @Override
        StoreUrl url() {
            return url;
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
    class Audits extends AuditContract {
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
