// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.runtime.Health;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SinkOutcome;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.bus.CarryReport.Trouble;
import io.nephometer.sources.polling.bus.CountingCarrier;
import io.nephometer.sources.polling.bus.EnvelopeOptions;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpoolDrainTest {
    private final Messages bus = new Messages();
    private final PollingEnvelope envelope = new PollingEnvelope(EnvelopeOptions.defaults());

    @TempDir
    private Path folder;

    private Spool spool = new Spool(SpoolOptions.in(Path.of("unused")), bus);
    private SpoolDrain drain = new SpoolDrain(spool, new CountingCarrier(bus), envelope, "cmp1", bus);

    @BeforeEach
    void open() throws IOException {
        spool = new Spool(new SpoolOptions(folder, 64 << 10), bus);
        spool.open();
        drain = new SpoolDrain(spool, new CountingCarrier(bus), envelope, "cmp1", bus);
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

        int lost = Math.toIntExact(200 - kept);
        assertThat(losses).singleElement().satisfies(loss -> assertThat(loss.slots())
                .isEqualTo(lost));
        assertThat(spool.untoldLosses()).isEmpty();
        assertThat(bus.bodies.subList(0, lost))
                .as("each slot that was lost, once")
                .allSatisfy(body -> assertThat(body).contains("spool_overflow"))
                .doesNotHaveDuplicates();
        assertThat(bus.carried.subList(lost, bus.carried.size())).isEqualTo(Messages.ids(lost + 1, 200));
    }

    @Test
    void aLossIsToldOfEachWhoseItWas() throws Exception {
        List<PollingMessage> lost = new ArrayList<>();
        for (int minute = 1; minute <= 3; minute++) {
            lost.add(of("volumes", minute));
            lost.add(of("images", minute + 1));
        }
        spool.append(lost);
        spool.append(Messages.messages(1, 200, 1_000));
        spool.close();
        spool.open();
        drain.drain();

        for (int minute = 1; minute <= 3; minute++) {
            assertThat(told("volumes", 1, minute)).as("volumes, %d", minute).hasSize(1);
            assertThat(told("images", 2, minute + 1)).as("images, %d", minute).hasSize(1);
        }
        assertThat(bus.bodies).filteredOn(body -> body.contains("\"cmp1\"")).isEmpty();
        assertThat(spool.untoldLosses()).isEmpty();
    }

    private static PollingMessage of(String unit, int minute) {
        PollingMessage message = Messages.message(minute, 1_000);
        return new PollingMessage(unit + minute, message.slot(), unit, 10, message.body());
    }

    /** What says that the slot of that minute is missing, one of three from the first on. */
    private List<String> told(String member, int first, int minute) {
        String text = overflow(Messages.message(first, 0).slot());
        SlotMeasurements missing = SlotMeasurements.missing(
                Messages.message(minute, 0).slot(), member, new Shortfall("spool_overflow", 10, text));
        List<String> bodies =
                envelope.write(missing).stream().map(PollingMessage::body).toList();
        return bus.bodies.stream().filter(bodies::contains).toList();
    }

    private static String overflow(Slot first) {
        Instant last = first.start().plusSeconds(120);
        return "at least 3 messages of the slots from " + first.start() + " to " + last + " "
                + LossReason.SPOOL_OVERFLOW.meaning();
    }

    @Test
    void whatNeitherBusNorDiskTakesIsTriedAgainWhileItsSlotLasts() throws Exception {
        bus.isDown = true;
        Disk full = (_, _) -> {
            throw new IOException("No space left on device");
        };
        try (Spool broken = new Spool(new SpoolOptions(folder.resolve("other"), 64 << 10), bus, full)) {
            broken.open();
            SpoolingSink sink = new SpoolingSink(envelope, bus, broken, bus, System::nanoTime);

            assertThat(sink.accept(slot(1)))
                    .isInstanceOfSatisfying(SinkOutcome.Retry.class, retry -> assertThat(retry.cause())
                            .contains("No space left on device"));
            bus.isDown = false;
            assertThat(sink.accept(slot(1))).isEqualTo(new SinkOutcome.Accepted());
        }
        assertThat(bus.carried).isEqualTo(idsOf(1, 1));
    }

    @Test
    void aSpoolThatCannotBeUsedLeavesTheBusAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("no folder"), "");
        try (Spool unusable = new Spool(SpoolOptions.in(file), bus)) {
            unusable.start();
            SpoolingSink sink = new SpoolingSink(envelope, bus, unusable, bus, System::nanoTime);
            SpoolDrain unusableDrain = new SpoolDrain(unusable, new CountingCarrier(bus), envelope, "cmp1", bus);

            assertThat(sink.accept(slot(1))).isEqualTo(new SinkOutcome.Accepted());
            assertThat(unusableDrain.drain()).isTrue();
            assertThat(bus.carried).isEqualTo(idsOf(1, 1));
        }
    }

    @Test
    void aMessageThatTheBrokerCannotTakeIsSetAsideAndTold() throws Exception {
        CountingCarrier carrier = new CountingCarrier(bus);
        SpoolDrain counting = new SpoolDrain(spool, carrier, envelope, "cmp1", bus);
        spool.append(Messages.messages(1, 40, 100));
        bus.refuse("id-20", Trouble.UNACCEPTABLE);

        assertThat(counting.drain()).isFalse();
        new SpoolingSink(envelope, carrier, spool, bus, System::nanoTime).accept(slot(50));
        assertThat(counting.drain()).isTrue();
        List<String> others = new ArrayList<>(bus.carried);
        others.removeIf(id -> !id.startsWith("id-"));
        List<String> expected = Messages.ids(1, 40);
        assertThat(others)
                .isEqualTo(expected.stream().filter(id -> !id.equals("id-20")).toList());
        assertThat(bus.carried).hasSize(41); // and what tells of the loss, and what got through meanwhile
        assertThat(bus.lost).isEqualTo(Map.of("bus_refused", 1));
        assertThat(folder.resolve("id-20.refused"))
                .hasContent(Messages.message(20, 100).body());
        spool.tend();
        assertThat(spool.health())
                .isInstanceOfSatisfying(Health.Degraded.class, degraded -> assertThat(degraded.detail())
                        .contains("1 files"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"REFUSED", "FAILED", "UNREACHABLE", "UNCONFIRMED"})
    void aMessageThatNeverGetsThroughWhileOthersDoIsSetAside(Trouble why) throws Exception {
        CountingCarrier carrier = new CountingCarrier(bus);
        SpoolDrain counting = new SpoolDrain(spool, carrier, envelope, "cmp1", bus);
        SpoolingSink sink = new SpoolingSink(envelope, carrier, spool, bus, System::nanoTime);
        spool.append(Messages.messages(1, 3, 100));
        bus.refuse("id-1", why);

        int rounds = 0;
        while (!counting.drain() && rounds < 100) {
            rounds++;
            sink.accept(slot(rounds));
        }
        assertThat(rounds).isBetween(4, 12);
        assertThat(bus.carried).contains("id-2", "id-3").doesNotContain("id-1");
        assertThat(bus.lost).isEqualTo(Map.of("bus_refused", 1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {
                "REFUSED",
                "FAILED",
                "UNREACHABLE",
                "UNCONFIRMED",
                "BLOCKED",
                "NO_EXCHANGE",
                "NOT_PERMITTED",
                "UNROUTABLE",
                "UNACCEPTABLE"
            })
    void aBrokerThatTakesNothingLosesNothing(Trouble why) throws Exception {
        spool.append(Messages.messages(1, 3, 100));
        bus.refuseAll(why);
        for (int i = 0; i < 100; i++) {
            assertThat(drain.drain()).isFalse();
        }
        assertThat(Messages.ids(spool.oldest(9))).isEqualTo(Messages.ids(1, 3));
        assertThat(bus.lost).isEmpty();
    }

    /** Nothing is measured any more, so that nothing of now gets through by which it could be judged. */
    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"UNACCEPTABLE", "REFUSED", "FAILED", "UNREACHABLE", "UNCONFIRMED"})
    void aMessageThatNeverGetsThroughIsSetAside_thoughNothingElseIsSent(Trouble why) throws Exception {
        spool.append(Messages.messages(1, 4, 100));
        bus.refuse("id-1", why);

        int rounds = 0;
        while (!drain.drain() && rounds < 1_000) {
            rounds++;
        }
        assertThat(rounds).isBetween(10, 200);
        assertThat(bus.carried).endsWith("id-2", "id-3", "id-4").doesNotContain("id-1");
        assertThat(bus.lost).isEqualTo(Map.of("bus_refused", 1));
    }

    /** The ledger never takes a slot of that member. */
    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"UNACCEPTABLE", "REFUSED", "FAILED", "UNREACHABLE", "UNCONFIRMED"})
    void aLossThatIsNeverTaken_keepsNothingElseWaiting_andIsKeptForAPerson(Trouble why) throws Exception {
        CountingCarrier carrier = new CountingCarrier(bus);
        SpoolDrain counting = new SpoolDrain(spool, carrier, envelope, "cmp1", bus);
        spool.append(List.of(of("volumes", 1), of("volumes", 2)));
        spool.append(Messages.messages(1, 200, 1_000));
        List<String> waiting = Messages.ids(spool.oldest(200));
        assertThat(spool.untoldLosses()).extracting(Loss::member).containsExactly("volumes", "cmp1");
        bus.refuseText("volumes", why);

        counting.drain();

        assertThat(bus.carried).as("the rest did not wait").containsAll(waiting);
        SpoolingSink sink = new SpoolingSink(envelope, carrier, spool, bus, System::nanoTime);
        for (int minute = 1; minute <= 20 && !counting.drain(); minute++) {
            sink.accept(slot(minute));
        }
        assertThat(spool.untoldLosses()).isEmpty();
        spool.tend();
        assertThat(spool.health())
                .isInstanceOfSatisfying(Health.Degraded.class, degraded -> assertThat(degraded.detail())
                        .contains("kept for a person to look at"));
        assertThat(counting.drain()).isTrue();
    }

    @Test
    void whatWasDamagedIsToldWithItsSlot() throws Exception {
        spool.append(Messages.messages(1, 3, 300));
        Path file = folder.resolve("0000000000000001.spool");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3 + 200] ^= 1;
        Files.write(file, bytes);

        assertThat(drain.drain()).isTrue();
        assertThat(bus.carried).contains("id-1", "id-3").doesNotContain("id-2").hasSize(3);
        assertThat(bus.bodies).anySatisfy(body -> assertThat(body)
                .contains("spool_damaged", Messages.message(2, 0).slot().start().toString()));
        assertThat(spool.untoldLosses()).isEmpty();
    }

    @Test
    void whateverIsLostIsKnownToTheLedgerAsALoss() {
        for (LossReason reason : LossReason.values()) {
            assertThat(Loss.one(reason, "cmp1", Messages.message(1, 0).slot(), 1)
                            .told(0, "cmp1")
                            .shortfalls())
                    .as(reason.label())
                    .singleElement()
                    .satisfies(shortfall -> assertThat(shortfall.isLoss()).isTrue());
        }
    }
}
