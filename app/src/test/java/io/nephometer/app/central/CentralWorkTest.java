// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.MeasurementSink;
import io.nephometer.sources.polling.SinkOutcome;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.duty.ClaimResult;
import io.nephometer.sources.polling.duty.Handed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CentralWorkTest {
    private static final WorkUnit IMAGES = new WorkUnit("central", Duration.ofMinutes(1), "images");
    private static final Slot SLOT = IMAGES.slotAt(Instant.parse("2026-11-28T12:00:00Z"));
    private static final SlotMeasurements MEASURED =
            new SlotMeasurements(SLOT, "images", null, null, List.of(), List.of());

    private final Deque<SinkOutcome> answers = new ArrayDeque<>();
    private Instant now = SLOT.start();

    private CentralWork work() {
        MeasurementSink sink = measurements -> {
            now = now.plusSeconds(20);
            return answers.remove();
        };
        return new CentralWork(
                Optional::empty,
                (unit, slot) -> {
                    throw new AssertionError();
                },
                sink,
                () -> now,
                () -> {},
                new CountDownLatch(1));
    }

    private static SinkOutcome later() {
        return new SinkOutcome.Retry("disk full", Duration.ofMillis(1));
    }

    @Test
    void whatWasMeasuredInTheLastMoment_isHandedOver() throws Exception {
        now = SLOT.end();
        answers.add(new SinkOutcome.Accepted());

        assertThat(work().deliver(MEASURED)).isEqualTo(new Handed.Accepted());
    }

    @Test
    void itIsTriedWhileTheSlotLasts_andThenLost_withTheReason() throws Exception {
        answers.addAll(List.of(later(), later(), later(), new SinkOutcome.Accepted()));

        assertThat(work().deliver(MEASURED)).isEqualTo(new Handed.Lost("disk full"));
        assertThat(answers).hasSize(1);
    }

    @Test
    void whileTheLedgerIsAway_noClaimIsKnown() throws Exception {
        assertThat(work().claim(IMAGES, SLOT, new Tenure("a", 1))).isEqualTo(ClaimResult.UNKNOWN);
    }
}
