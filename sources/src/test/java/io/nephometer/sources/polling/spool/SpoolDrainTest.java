// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Slot;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SinkOutcome;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.bus.EnvelopeOptions;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolDrainTest {
    private final Messages bus = new Messages();
    private final PollingEnvelope envelope = new PollingEnvelope(EnvelopeOptions.defaults());

    @TempDir
    private Path folder;

    private Spool spool = new Spool(SpoolOptions.in(Path.of("unused")), bus);
    private SpoolDrain drain = new SpoolDrain(spool, bus, envelope, "cmp1", bus);

    @BeforeEach
    void open() throws IOException {
        spool = new Spool(new SpoolOptions(folder, 64 << 10), bus);
        spool.open();
        drain = new SpoolDrain(spool, bus, envelope, "cmp1", bus);
    }

    @AfterEach
    void close() throws IOException {
        drain.close();
        spool.close();
    }

    private static SlotMeasurements slot(int minute) {
        Slot slot = new Slot("s", Duration.ofMinutes(1), Messages.START.plusSeconds(60L * minute));
        return new SlotMeasurements(slot, "cmp1", new MeasuringTime(slot.start(), 0), null, List.of(), List.of());
    }

    private SpoolingSink sink() {
        return new SpoolingSink(envelope, bus, spool, bus, System::nanoTime);
    }

    private List<String> idsOf(int from, int to) {
        List<String> ids = new ArrayList<>();
        for (int minute = from; minute <= to; minute++) {
            envelope.write(slot(minute)).stream().map(PollingMessage::id).forEach(ids::add);
        }
        return ids;
    }

    @Test
    void whatTheBusTakesDoesNotTouchTheDisk() throws Exception {
        assertThat(sink().accept(slot(1))).isEqualTo(new SinkOutcome.Accepted());
        assertThat(bus.carried).isEqualTo(idsOf(1, 1));
        assertThat(spool.messages()).isZero();
    }

    @Test
    void anOutageIsSentLaterInItsOrderAndNowDoesNotWaitForIt() throws Exception {
        bus.isDown = true;
        for (int minute = 1; minute <= 40; minute++) {
            assertThat(sink().accept(slot(minute))).isEqualTo(new SinkOutcome.Accepted());
        }
        assertThat(drain.drain()).isFalse();
        bus.isDown = false;
        sink().accept(slot(41));

        assertThat(drain.drain()).isTrue();
        List<String> expected = new ArrayList<>(idsOf(41, 41));
        expected.addAll(idsOf(1, 40));
        assertThat(bus.carried).isEqualTo(expected);
        assertThat(spool.messages()).isZero();
        assertThat(bus.spooled).isEqualTo(40);
        assertThat(bus.drained).isEqualTo(40);
    }

    @Test
    void anOutageWhileItIsSentGoesOnWhereItStopped() throws Exception {
        spool.append(Messages.messages(1, 40, 100));
        bus.left = 21;
        assertThat(drain.drain()).isFalse();
        bus.left = -1;

        assertThat(drain.drain()).isTrue();
        assertThat(bus.carried).isEqualTo(Messages.ids(1, 40));
    }

    @Test
    void aLossIsToldBeforeTheRest() throws Exception {
        spool.append(Messages.messages(1, 200, 1_000));
        long kept = spool.messages();
        List<Loss> losses = spool.untoldLosses();
        drain.drain();

        assertThat(losses).hasSize(1);
        assertThat(spool.untoldLosses()).isEmpty();
        assertThat(bus.carried).hasSize(Math.toIntExact(kept) + 1);
        assertThat(bus.carried.subList(1, bus.carried.size()))
                .isEqualTo(Messages.ids(Math.toIntExact(201 - kept), 200));
    }

    @Test
    void aSpoolThatTakesNothingLosesAndSaysSo() throws Exception {
        bus.isDown = true;
        Disk full = (_, _) -> {
            throw new IOException("No space left on device");
        };
        try (Spool broken = new Spool(new SpoolOptions(folder.resolve("other"), 64 << 10), bus, full)) {
            broken.open();
            SinkOutcome outcome = new SpoolingSink(envelope, bus, broken, bus, System::nanoTime).accept(slot(1));

            assertThat(outcome).isInstanceOfSatisfying(SinkOutcome.Rejected.class, rejected -> {
                assertThat(rejected.reason()).isEqualTo("spool_failed");
                assertThat(rejected.cause()).contains("No space left on device");
            });
        }
    }
}
