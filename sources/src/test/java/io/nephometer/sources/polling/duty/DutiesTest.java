// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SlotMeasurements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a member does for its units, told as a story. Slots of a minute, all measured at their start. */
class DutiesTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final WorkUnit IMAGES = new WorkUnit("central", Duration.ofMinutes(1), "images");
    private static final Slot FIRST = IMAGES.slotAt(NOON);
    private static final Shortfall GLANCE_DOWN = new Shortfall("unavailable", 0, "Glance answered 503");

    private final DutyOptions options = new DutyOptions(2, 0, Duration.ofSeconds(1), Duration.ofSeconds(3));
    private Duties duties = new Duties(options);

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    private static Beginning begins(long epoch, @Nullable Slot newest) {
        Tenure before = epoch == 1 ? null : new Tenure("b", epoch - 1);
        return new Beginning(new Tenure("a", epoch), newest, List.of(), before, epoch == 1 ? null : at(-90), false);
    }

    private static SlotMeasurements measurements(Slot slot, Instant measured) {
        return new SlotMeasurements(slot, IMAGES.name(), new MeasuringTime(measured, 0), null, List.of(), List.of());
    }

    private Order.Claim claimAt(int second) {
        List<Order> orders = duties.due(at(second));
        assertThat(orders).hasSize(1).first().isInstanceOf(Order.Claim.class);
        return (Order.Claim) orders.getFirst();
    }

    private Order.Measure measure(Order.Claim claim) {
        return (Order.Measure) duties.claimed(claim, ClaimResult.GRANTED).orElseThrow();
    }

    private Order.Deliver deliver(Order.Measure measure, int second) {
        return (Order.Deliver) duties.measured(measure, measurements(measure.slot(), at(second)), at(second))
                .orElseThrow();
    }

    /** From claim to ledger within the same second. */
    private void slotAt(int second) {
        Order.Deliver deliver = deliver(measure(claimAt(second)), second);
        assertThat(duties.delivered(deliver, new Handed.Accepted())).isEmpty();
    }

    @Test
    void aSlotIsClaimed_measured_andDelivered_once() {
        duties.gained(IMAGES, begins(1, null), at(5));

        Order.Claim claim = claimAt(5);
        assertThat(claim).isEqualTo(new Order.Claim(IMAGES, FIRST, new Tenure("a", 1)));
        assertThat(duties.due(at(6))).isEmpty();
        Order.Deliver deliver = deliver(measure(claim), 7);
        assertThat(duties.due(at(8))).isEmpty();
        assertThat(duties.delivered(deliver, new Handed.Accepted())).isEmpty();

        assertThat(duties.due(at(9))).isEmpty();
        assertThat(duties.wake(at(9))).contains(at(60));
        assertThat(duties.due(at(59))).isEmpty();
        assertThat(claimAt(60).slot()).isEqualTo(FIRST.next());
    }

    @Test
    void aSlotThatTheLedgerHas_isNotMeasured() {
        duties.gained(IMAGES, begins(2, FIRST), at(5));

        assertThat(duties.claimed(claimAt(5), ClaimResult.DONE)).isEmpty();

        assertThat(duties.due(at(6))).isEmpty();
        assertThat(duties.wake(at(6))).contains(at(60));
    }

    @Test
    void whoeverTakesOver_tellsOfSlotsThatNobodyMeasured_andMeasuresTheRunningOne() {
        Slot newest = IMAGES.slotAt(at(-180));
        duties.gained(IMAGES, begins(2, newest), at(30));

        List<Order> orders = duties.due(at(30));

        assertThat(orders.subList(0, 2)).allSatisfy(order -> {
            Order.Tell tell = (Order.Tell) order;
            assertThat(tell.why().reason()).isEqualTo("no_owner");
            assertThat(tell.why().detail())
                    .contains("b, who owned it before and was last heard of at 2026-11-28T11:58:30Z");
        });
        assertThat(orders)
                .extracting(DutiesTest::slot)
                .containsExactly(newest.next(), newest.next().next(), FIRST);
        assertThat(orders.getLast()).isInstanceOf(Order.Claim.class);
    }

    private static Slot slot(Order order) {
        return switch (order) {
            case Order.Claim it -> it.slot();
            case Order.Measure it -> it.slot();
            case Order.Deliver it -> it.measurements().slot();
            case Order.Tell it -> it.slot();
        };
    }

    @Test
    void holesBeforeTheNewestSlot_areTold() {
        Slot hole = IMAGES.slotAt(at(-300));
        Beginning beginning = new Beginning(
                new Tenure("a", 3), IMAGES.slotAt(at(-60)), List.of(hole), new Tenure("b", 2), null, false);
        duties.gained(IMAGES, beginning, at(1));

        List<Order> orders = duties.due(at(1));

        assertThat(orders).extracting(DutiesTest::slot).containsExactly(hole, FIRST);
    }

    @Test
    void ofALongAbsence_onlyTheLastSlotsAreToldOneByOne() {
        duties.gained(IMAGES, begins(2, IMAGES.slotAt(at(-60 * 1_001))), at(1));

        List<Order> orders = duties.due(at(1));

        assertThat(orders).hasSize(101);
        assertThat(((Order.Tell) orders.getFirst()).why().detail()).contains("900 slots before this one");
    }

    @Test
    void aLivingOwnerBefore_isGivenTimeToEndWhatItIsAt() {
        Beginning beginning = new Beginning(new Tenure("a", 2), null, List.of(), new Tenure("b", 1), at(1), true);
        duties.gained(IMAGES, beginning, at(2));

        assertThat(duties.due(at(2))).isEmpty();
        assertThat(duties.wake(at(2))).contains(at(5));
        assertThat(claimAt(5).slot()).isEqualTo(FIRST);
    }

    @Test
    void whatCannotBeMeasured_isTriedAgainWithinItsSlot_andThenTold() {
        duties.gained(IMAGES, begins(1, null), at(0));
        Order.Measure first = measure(claimAt(0));

        assertThat(duties.failed(first, GLANCE_DOWN, at(1))).isEmpty();
        assertThat(duties.wake(at(1))).contains(at(7));
        assertThat(duties.due(at(6))).isEmpty();
        Order.Measure second = measure(claimAt(7));
        assertThat(duties.failed(second, GLANCE_DOWN, at(58))).contains(new Order.Tell(IMAGES, FIRST, GLANCE_DOWN));

        assertThat(duties.due(at(59))).isEmpty();
        assertThat(claimAt(60).slot()).isEqualTo(FIRST.next());
    }

    @Test
    void whatIsMeasuredAfterItsSlot_isToldMissing() {
        duties.gained(IMAGES, begins(1, null), at(0));
        Order.Measure measure = measure(claimAt(0));

        Order order =
                duties.measured(measure, measurements(FIRST, at(59)), at(61)).orElseThrow();

        assertThat(order).isInstanceOfSatisfying(Order.Tell.class, tell -> {
            assertThat(tell.slot()).isEqualTo(FIRST);
            assertThat(tell.why().reason()).isEqualTo("measured_late");
        });
        assertThat(claimAt(61).slot()).isEqualTo(FIRST.next());
    }

    @Test
    void slotsThatGoByWhileTheProcessStands_areTold() {
        duties.gained(IMAGES, begins(1, null), at(0));
        slotAt(0);

        List<Order> orders = duties.due(at(200));

        assertThat(orders)
                .extracting(DutiesTest::slot)
                .containsExactly(FIRST.next(), FIRST.next().next(), IMAGES.slotAt(at(200)));
        assertThat(((Order.Tell) orders.getFirst()).why().reason()).isEqualTo("process_paused");
    }

    @Test
    void whoIsFenced_doesNothingMore() {
        duties.gained(IMAGES, begins(1, null), at(0));

        assertThat(duties.claimed(claimAt(0), ClaimResult.FENCED)).isEmpty();

        assertThat(duties.units()).isEmpty();
        assertThat(duties.due(at(60))).isEmpty();
    }

    @Test
    void whatIsUnderWayWhenTheUnitIsLost_isEnded_andNothingIsBegun() {
        duties.gained(IMAGES, begins(1, null), at(0));
        Order.Measure measure = measure(claimAt(0));

        duties.lost(IMAGES);
        Order.Deliver deliver = deliver(measure, 2);
        assertThat(duties.delivered(deliver, new Handed.Accepted())).isEmpty();

        assertThat(duties.units()).isEmpty();
        assertThat(duties.due(at(60))).isEmpty();
    }

    @Test
    void whatWasBegunUnderAFormerTenure_isOfNoConcernToTheNext() {
        duties.gained(IMAGES, begins(1, null), at(0));
        Order.Measure former = measure(claimAt(0));
        duties.lost(IMAGES);
        duties.gained(IMAGES, begins(3, null), at(2));

        assertThat(duties.measured(former, measurements(FIRST, at(3)), at(3))).isEmpty();

        assertThat(claimAt(4)).isEqualTo(new Order.Claim(IMAGES, FIRST, new Tenure("a", 3)));
    }

    @Test
    void aLedgerThatDoesNotAnswer_keepsNobodyFromMeasuring() {
        duties.gained(IMAGES, begins(1, null), at(0));

        assertThat(duties.claimed(claimAt(0), ClaimResult.UNKNOWN)).containsInstanceOf(Order.Measure.class);
    }

    @Test
    void whatIsLostOnTheWay_isTold() {
        duties.gained(IMAGES, begins(1, null), at(0));
        Order.Deliver deliver = deliver(measure(claimAt(0)), 1);

        Order order =
                duties.delivered(deliver, new Handed.Lost("the disk is full")).orElseThrow();

        assertThat(order).isInstanceOfSatisfying(Order.Tell.class, tell -> assertThat(
                        tell.why().detail())
                .contains("the disk is full"));
    }

    @Test
    void noMoreUnitsAreMeasuredAtOnceThanAllowed() {
        List<WorkUnit> units = new ArrayList<>();
        for (String name : List.of("images", "volumes", "snapshots")) {
            WorkUnit unit = new WorkUnit("central", Duration.ofMinutes(1), name);
            units.add(unit);
            duties.gained(unit, begins(1, null), at(0));
        }

        List<Order> orders = duties.due(at(0));
        assertThat(orders).hasSize(2);
        assertThat(duties.due(at(1))).isEmpty();
        assertThat(duties.wake(at(1))).as("what is due can only wait").isEmpty();
        duties.claimed((Order.Claim) orders.getFirst(), ClaimResult.DONE);
        assertThat(duties.wake(at(2))).as("a seat is free").contains(at(0));

        assertThat(duties.due(at(2))).extracting(Order::unit).containsExactly(remaining(units, orders));
    }

    private static WorkUnit remaining(List<WorkUnit> units, List<Order> orders) {
        return units.stream()
                .filter(unit -> orders.stream().noneMatch(order -> order.unit().equals(unit)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aClockThatIsSetBack_isFollowed() {
        duties.gained(IMAGES, begins(1, null), at(3_600));
        slotAt(3_600);

        assertThat(claimAt(0).slot()).isEqualTo(FIRST);
    }

    @Test
    void unitsAreMeasuredAtTheSameMomentOfEverySlot_whoeverOwnsThem() {
        duties = new Duties(new DutyOptions(2, 0.5, Duration.ofSeconds(1), Duration.ofSeconds(3)));
        Duties others = new Duties(new DutyOptions(8, 0.5, Duration.ofSeconds(1), Duration.ofSeconds(3)));
        duties.gained(IMAGES, begins(1, null), at(0));
        others.gained(IMAGES, begins(2, null), at(60));

        Instant first = duties.wake(at(0)).orElseThrow();

        assertThat(first).isBetween(at(0), at(30));
        assertThat(others.wake(at(60))).contains(first.plusSeconds(60));
    }
}
