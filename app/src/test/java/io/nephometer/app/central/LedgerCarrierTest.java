// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.Slot;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.runtime.WallClock;
import io.nephometer.sources.polling.bus.CarryReport;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of the ledger, and what of a message. */
class LedgerCarrierTest {
    private static final Slot SLOT = new Slot("s", Duration.ofMinutes(1), Instant.parse("2026-11-28T12:00:00Z"));
    private static final List<PollingMessage> MESSAGES = List.of(new PollingMessage("id", SLOT, "volumes", 1, "{}"));

    private static CarryReport carried(CommitOutcome outcome) {
        LedgerWriter ledger = new LedgerWriter() {
            @Override
            public CommitOutcome commit(LedgerBatch batch) {
                return outcome;
            }

            @Override
            public boolean isAvailable() {
                return true;
            }
        };
        NotificationProcessor processor = new NotificationProcessor(
                new NotificationDecoder(8 << 20, TimeWindow.unlimited(WallClock.system())),
                () -> Definitions.shipped(DefinitionOptions.DEFAULTS),
                dropped -> {});
        return new LedgerCarrier(processor, ledger, (_, _, _) -> {}, new SimpleMeterRegistry().counter("refused"))
                .carry(MESSAGES);
    }

    /** A spool drops what is unreachable again and again while others get through. */
    @Test
    void aLedgerThatIsAwayIsNeverTheFaultOfAMessage() {
        assertThat(carried(new CommitOutcome.Unavailable("too many connections")))
                .isEqualTo(new CarryReport(MESSAGES, CarryReport.Trouble.BLOCKED, "too many connections"));
    }

    @Test
    void whatTheLedgerCannotKeepMayBe() {
        assertThat(carried(new CommitOutcome.Rejected("22001", "too long")).trouble())
                .isEqualTo(CarryReport.Trouble.UNACCEPTABLE);
    }
}
