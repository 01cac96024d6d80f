// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.MEMORY;
import static io.nephometer.testkit.ledger.Messages.SLOT;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.measured;
import static io.nephometer.testkit.ledger.Messages.part;
import static io.nephometer.testkit.ledger.Messages.slotted;
import static io.nephometer.testkit.ledger.Messages.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nephometer.model.Period;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.MeteredResource;
import io.nephometer.store.ledger.RetentionPolicy;
import io.nephometer.store.ledger.SlotMember;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger knows of slots and of those who measure them, on every engine. */
abstract class SlotContract {
    private int messages;

    abstract LedgerFixture fixture();

    /** Just after the first slot. */
    @BeforeEach
    void moveClock() {
        fixture().clock().advance(Duration.between(fixture().clock().instant(), SLOT.end()));
    }

    private void deliver(SlotPart part, Sample... samples) {
        fixture().commit(measured(id(++messages), part, List.of(samples)));
    }

    private List<SlotRecord> slots(SlotQuery query) {
        List<SlotRecord> records = new ArrayList<>();
        fixture().ledger().slots().slots(query, records::add);
        return records;
    }

    private List<SlotState> states() {
        return slots(SlotQuery.ALL).stream().map(SlotRecord::state).toList();
    }

    private static Slot slot(int number) {
        return new Slot(
                SLOT.source(),
                SLOT.interval(),
                SLOT.start().plus(SLOT.interval().multipliedBy(number)));
    }

    @Test
    void slotOfWhichAllCameIsDone() {
        Instant now = fixture().clock().instant();

        deliver(whole(SLOT, "compute-1"), slotted(SLOT, MEMORY, 1, 5), slotted(SLOT, MEMORY, 2, 5));

        assertThat(slots(SlotQuery.ALL).getFirst())
                .isEqualTo(new SlotRecord(
                        SLOT,
                        "compute-1",
                        SlotState.DONE,
                        1,
                        1,
                        2,
                        0,
                        SLOT.start().plusSeconds(1),
                        now,
                        now,
                        List.of()));
    }

    @Test
    void partsInAnyOrderMakeItDoneAndADoubledOneCountsOnce() {
        deliver(part(SLOT, "compute-1", 3, 3), slotted(SLOT, MEMORY, 3, 1));
        deliver(part(SLOT, "compute-1", 1, 3), slotted(SLOT, MEMORY, 1, 1));
        deliver(part(SLOT, "compute-1", 1, 3), slotted(SLOT, MEMORY, 1, 1));
        assertThat(slots(SlotQuery.ALL).getFirst()).satisfies(it -> {
            assertThat(it.state()).isEqualTo(SlotState.AWAITED);
            assertThat(it.partsSeen()).isEqualTo(2);
            assertThat(it.samples()).isEqualTo(2);
            assertThat(it.refused()).isEqualTo(1);
        });

        deliver(part(SLOT, "compute-1", 2, 3), slotted(SLOT, MEMORY, 2, 1));

        assertThat(slots(SlotQuery.ALL).getFirst()).satisfies(it -> {
            assertThat(it.state()).isEqualTo(SlotState.DONE);
            assertThat(it.samples()).isEqualTo(3);
        });
    }

    @Test
    void partsThatNeverCameMakeItPartlyWithAReason() {
        deliver(part(SLOT, "compute-1", 2, 3), slotted(SLOT, MEMORY, 1, 1));
        fixture().clock().advance(SLOT.interval());

        assertThat(slots(SlotQuery.ALL).getFirst()).satisfies(it -> {
            assertThat(it.state()).isEqualTo(SlotState.PARTLY);
            assertThat(it.reasons())
                    .containsExactly(new Shortfall("parts_not_arrived", 2, "2 of 3 parts did not arrive"));
        });
    }

    @Test
    void shortfallsMakeItPartlyOrMissingWithTheMembersOwnReason() {
        Shortfall unreachable = new Shortfall("hypervisor_unreachable", 0, "no answer within 10 s");
        SlotPart some = new SlotPart(SLOT, "compute-1", SLOT.start(), 1, 1, List.of(unreachable));
        SlotPart none = new SlotPart(SLOT, "compute-2", SLOT.start(), 1, 1, List.of(unreachable));
        deliver(some, slotted(SLOT, MEMORY, 1, 1));
        deliver(none);

        List<SlotRecord> records = slots(SlotQuery.ALL.between(SLOT.start(), SLOT.end()));

        assertThat(records).extracting(SlotRecord::state).containsExactly(SlotState.PARTLY, SlotState.MISSING);
        assertThat(records).extracting(SlotRecord::reasons).containsOnly(List.of(unreachable));
    }

    @Test
    void cycleThatCouldNotMeasureGivesWayToOneThatCould() {
        Shortfall overrun = new Shortfall("overrun", 0, "the cycle before it took too long");
        deliver(new SlotPart(SLOT, "compute-1", null, 1, 1, List.of(overrun)));
        assertThat(slots(SlotQuery.ALL).getFirst()).satisfies(it -> {
            assertThat(it.state()).isEqualTo(SlotState.MISSING);
            assertThat(it.measured()).isNull();
        });

        deliver(whole(SLOT, "compute-1"), slotted(SLOT, MEMORY, 1, 1));
        deliver(new SlotPart(SLOT, "compute-1", null, 1, 1, List.of(overrun)));

        assertThat(states().getFirst()).isEqualTo(SlotState.DONE);
    }

    @Test
    void whatIsToldToBeLostStaysWhateverElseCame() {
        Shortfall damaged = new Shortfall("spool_damaged", 7, "at least 1 message");
        Shortfall refused = new Shortfall("bus_refused", 3, "at least 1 message");
        Shortfall overrun = new Shortfall("overrun", 0, "the cycle before it took too long");
        deliver(whole(SLOT, "compute-1"), slotted(SLOT, MEMORY, 1, 1));
        deliver(new SlotPart(SLOT, "compute-1", null, 1, 1, List.of(damaged)));
        deliver(new SlotPart(SLOT, "compute-2", null, 1, 1, List.of(damaged)));
        deliver(new SlotPart(SLOT, "compute-2", null, 1, 1, List.of(overrun)));
        deliver(new SlotPart(SLOT, "compute-2", null, 1, 1, List.of(refused)));
        deliver(part(SLOT, "compute-2", 1, 2), slotted(SLOT, MEMORY, 2, 1));
        deliver(part(SLOT, "compute-2", 2, 2), slotted(SLOT, MEMORY, 3, 1));

        List<SlotRecord> records = slots(SlotQuery.ALL.between(SLOT.start(), SLOT.end()));

        assertThat(records).extracting(SlotRecord::state).containsOnly(SlotState.PARTLY);
        assertThat(records)
                .extracting(SlotRecord::reasons)
                .containsExactly(List.of(damaged), List.of(damaged, refused));
    }

    @Test
    void hostWithoutInstancesIsDone() {
        deliver(whole(SLOT, "compute-1"));

        assertThat(states().getFirst()).isEqualTo(SlotState.DONE);
    }

    @Test
    void absentSlotIsAwaitedThenMissingThenDoneOnceItComesLate() {
        deliver(whole(SLOT, "compute-1"));
        fixture().clock().advance(SLOT.interval());
        assertThat(states()).containsExactly(SlotState.DONE);
        fixture().clock().advance(SLOT.interval());
        assertThat(states()).containsExactly(SlotState.DONE, SlotState.MISSING);
        assertThat(slots(SlotQuery.ALL).get(1).reasons())
                .extracting(Shortfall::reason)
                .containsExactly("nothing_arrived");
        fixture().clock().advance(Duration.ofHours(1));
        Slot second = slot(1);

        deliver(whole(second, "compute-1"), slotted(second, MEMORY, 1, 5));

        SlotRecord late = slots(SlotQuery.ALL).get(1);
        assertThat(late.state()).isEqualTo(SlotState.DONE);
        assertThat(late.lateBy()).isEqualTo(Duration.ofHours(1).plus(SLOT.interval()));
        assertThat(slots(SlotQuery.ALL).getFirst().lateBy()).isNull();
    }

    @Test
    void memberThatWasStartedAgainWithinASlotIsDoneByItsSecondCycle() {
        deliver(
                new SlotPart(SLOT, "compute-1", SLOT.start().plusSeconds(1), 1, 3, List.of()),
                slotted(SLOT, MEMORY, 1, 1));
        deliver(
                new SlotPart(SLOT, "compute-1", SLOT.start().plusSeconds(9), 2, 2, List.of()),
                slotted(SLOT, MEMORY, 2, 1));
        deliver(new SlotPart(SLOT, "compute-1", SLOT.start().plusSeconds(1), 2, 3, List.of()));
        deliver(
                new SlotPart(SLOT, "compute-1", SLOT.start().plusSeconds(9), 1, 2, List.of()),
                slotted(SLOT, MEMORY, 1, 2));

        assertThat(slots(SlotQuery.ALL).getFirst()).satisfies(it -> {
            assertThat(it.state()).isEqualTo(SlotState.DONE);
            assertThat(it.samples()).isEqualTo(2);
            assertThat(it.refused()).isEqualTo(1);
        });
    }

    @Test
    void sameSlotFromTwoMembersIsTheFirstOnesAndTheOthersSamplesAreRefused() {
        deliver(whole(SLOT, "central-1"), slotted(SLOT, MEMORY, 1, 5));
        deliver(whole(SLOT, "central-2"), slotted(SLOT, MEMORY, 1, 6));

        assertThat(slots(SlotQuery.ALL.between(null, SLOT.end())))
                .extracting(SlotRecord::member, SlotRecord::samples, SlotRecord::refused)
                .containsExactly(tuple("central-1", 1L, 0L), tuple("central-2", 0L, 1L));
    }

    @Test
    void queryRestrictsSourceMemberIntervalTimeStateAndNumber() {
        Slot other = new Slot("others", Duration.ofMinutes(1), SLOT.start());
        deliver(whole(SLOT, "compute-1"));
        deliver(whole(SLOT, "compute-2"));
        deliver(whole(other, "compute-1"));
        fixture().clock().advance(Duration.ofHours(1));

        assertThat(slots(new SlotQuery("others", null, null, null, null, Set.of(SlotState.DONE), null)))
                .extracting(SlotRecord::slot)
                .containsExactly(other);
        assertThat(slots(new SlotQuery(null, "compute-2", null, null, null, Set.of(), 2L)))
                .extracting(SlotRecord::slot)
                .containsExactly(SLOT, slot(1));
        assertThat(slots(new SlotQuery(
                        null,
                        null,
                        SLOT.interval(),
                        slot(1).start(),
                        slot(3).start(),
                        Set.of(SlotState.MISSING),
                        null)))
                .extracting(SlotRecord::slot)
                .containsExactly(slot(1), slot(2), slot(1), slot(2));
    }

    @Test
    void retiredMemberIsNotExpectedAnyMoreUntilItReturns() {
        deliver(whole(SLOT, "compute-1"));
        fixture().clock().advance(SLOT.interval().multipliedBy(2));
        Instant retired = fixture().clock().instant();

        assertThat(fixture().ledger().slots().retire("compute-1", null, null, "sold"))
                .isEqualTo(1);
        assertThat(fixture().ledger().slots().retire("compute-1", null, null, "sold"))
                .isZero();
        fixture().clock().advance(Duration.ofHours(1));

        assertThat(states()).containsExactly(SlotState.DONE, SlotState.MISSING, SlotState.MISSING);
        assertThat(fixture().ledger().slots().members())
                .containsExactly(new SlotMember(
                        SLOT.source(), SLOT.interval(), "compute-1", SLOT.start(), SLOT.start(), retired, "sold"));
        Slot back = slot(9);
        deliver(whole(back, "compute-1"));
        assertThat(slots(SlotQuery.ALL.between(null, back.end())))
                .extracting(SlotRecord::slot)
                .containsExactly(SLOT, slot(1), slot(2), back);
        assertThat(fixture().ledger().slots().members()).hasSize(2);
    }

    @Test
    void memberIsRetiredFromOneSourceOrIntervalAlone() {
        Slot rare = new Slot(SLOT.source(), SLOT.interval().multipliedBy(2), SLOT.start());
        Slot other = new Slot("other", SLOT.interval(), SLOT.start());
        for (Slot slot : List.of(SLOT, rare, other)) {
            deliver(whole(slot, "compute-1"));
            deliver(whole(slot, "compute-2"));
        }

        assertThat(fixture().ledger().slots().retire("compute-1", "nobody", null, "moved"))
                .isZero();
        assertThat(fixture().ledger().slots().retire("compute-1", SLOT.source(), rare.interval(), "moved"))
                .isEqualTo(1);
        assertThat(expected())
                .doesNotContain(tuple(SLOT.source(), rare.interval(), "compute-1"))
                .hasSize(5);
        assertThat(fixture().ledger().slots().retire("compute-1", SLOT.source(), null, "moved"))
                .isEqualTo(1);
        assertThat(expected())
                .contains(
                        tuple("other", SLOT.interval(), "compute-1"),
                        tuple(SLOT.source(), SLOT.interval(), "compute-2"))
                .hasSize(4);
    }

    private List<Tuple> expected() {
        return fixture().ledger().slots().members().stream()
                .filter(it -> it.retired() == null)
                .map(it -> tuple(it.source(), it.interval(), it.member()))
                .toList();
    }

    @Test
    void slotFromBeforeTheFirstKnownOneMakesTheStayBeginEarlier() {
        deliver(whole(slot(3), "compute-1"));
        deliver(whole(SLOT, "compute-1"));
        fixture().clock().advance(SLOT.interval().multipliedBy(4));

        assertThat(states()).containsExactly(SlotState.DONE, SlotState.MISSING, SlotState.MISSING, SlotState.DONE);
    }

    @Test
    void slotFarInThePastOrFutureMakesNothingMissing() {
        Slot beginningOfClock = new Slot(SLOT.source(), SLOT.interval(), Instant.parse("2000-01-01T00:00:00Z"));
        Slot future = new Slot(SLOT.source(), SLOT.interval(), Instant.parse("2099-01-01T00:00:00Z"));
        deliver(whole(beginningOfClock, "compute-1"), slotted(beginningOfClock, MEMORY, 1, 5));
        deliver(whole(SLOT, "compute-1"));
        deliver(whole(future, "compute-1"));
        deliver(whole(beginningOfClock, "compute-2"));
        deliver(whole(SLOT, "compute-2"));
        fixture().clock().advance(SLOT.interval().multipliedBy(2));

        assertThat(slots(new SlotQuery(null, "compute-1", null, null, null, Set.of(), 10L)))
                .extracting(SlotRecord::slot, SlotRecord::state)
                .containsExactly(
                        tuple(beginningOfClock, SlotState.DONE),
                        tuple(SLOT, SlotState.DONE),
                        tuple(slot(1), SlotState.MISSING),
                        tuple(slot(2), SlotState.AWAITED),
                        tuple(future, SlotState.DONE));
        assertThat(slots(new SlotQuery(null, "compute-2", null, null, null, Set.of(SlotState.MISSING), 10L)))
                .extracting(SlotRecord::slot)
                .containsExactly(slot(1));
        assertThat(fixture().ledger().slots().newest())
                .extracting(SlotRecord::slot)
                .containsOnly(slot(1));
    }

    @Test
    void slotOfLastWeekMakesTheStayBeginEarlier() {
        Slot lastWeek = slot(-2_000);
        deliver(whole(SLOT, "compute-1"));
        deliver(whole(lastWeek, "compute-1"));

        assertThat(fixture().ledger().slots().members())
                .singleElement()
                .extracting(SlotMember::first)
                .isEqualTo(lastWeek.start());
    }

    @Test
    void absentMemberIsRetiredOnlyWhileOthersStillCome() {
        deliver(whole(SLOT, "compute-1"));
        deliver(whole(SLOT, "compute-2"));
        fixture().clock().advance(Duration.ofDays(8));
        assertThat(fixture().ledger().slots().retireAbsent(Duration.ofDays(7))).isZero();

        Slot late = Slot.at(SLOT.source(), SLOT.interval(), fixture().clock().instant());
        deliver(whole(late, "compute-2"));

        assertThat(fixture().ledger().slots().retireAbsent(Duration.ofDays(7))).isEqualTo(1);
        assertThat(fixture().ledger().slots().members())
                .extracting(SlotMember::member, SlotMember::reason)
                .containsExactly(tuple("compute-1", "nothing arrived for 7d"), tuple("compute-2", null));
    }

    @Test
    void newestSlotOfEachMemberIsTold() {
        deliver(whole(SLOT, "compute-1"));
        deliver(whole(SLOT, "compute-2"));
        deliver(whole(slot(1), "compute-2"));
        fixture().clock().advance(SLOT.interval().multipliedBy(2));

        assertThat(fixture().ledger().slots().newest())
                .extracting(SlotRecord::member, SlotRecord::slot, SlotRecord::state)
                .containsExactly(
                        tuple("compute-1", slot(1), SlotState.MISSING), tuple("compute-2", slot(1), SlotState.DONE));
    }

    @Test
    void retentionTakesSlotsAndSamplesAndCallsNothingOfThatMissing() {
        deliver(whole(SLOT, "compute-1"), slotted(SLOT, MEMORY, 1, 5));
        Slot last = slot(3);
        fixture().clock().advance(SLOT.interval().multipliedBy(3));
        deliver(whole(last, "compute-1"), slotted(last, MEMORY, 1, 6));
        RetentionPolicy policy = new RetentionPolicy(null, Duration.ofMinutes(10), null);

        assertThat(fixture().ledger().retain(policy, 1_000).slots()).isEqualTo(1);

        assertThat(fixture().samples()).containsExactly(slotted(last, MEMORY, 1, 6));
        assertThat(slots(SlotQuery.ALL.between(null, last.end())))
                .extracting(SlotRecord::slot, SlotRecord::state)
                .containsExactly(tuple(slot(2), SlotState.MISSING), tuple(last, SlotState.DONE));
    }

    @Test
    void samplesOfSlotsAreFoundByResourceTimeAndBatch() {
        deliver(whole(SLOT, "compute-1"), slotted(SLOT, MEMORY, 1, 5), slotted(SLOT, MEMORY, 2, 5));
        deliver(whole(slot(1), "compute-1"), slotted(slot(1), MEMORY, 1, 6));

        assertThat(fixture().samples(LedgerQuery.ALL.withResource("r-1").between(SLOT.end(), null)))
                .containsExactly(slotted(slot(1), MEMORY, 1, 6));
        List<MeteredResource> resources = new ArrayList<>();
        fixture().ledger().reader().resources(LedgerQuery.ALL, resources::add);
        assertThat(resources)
                .extracting(MeteredResource::resourceId, MeteredResource::first, MeteredResource::last)
                .containsExactly(
                        tuple(
                                "r-1",
                                SLOT.start().plusSeconds(1),
                                slot(1).start().plusSeconds(1)),
                        tuple("r-2", SLOT.start().plusSeconds(1), SLOT.start().plusSeconds(1)));
        List<Sample> committed = new ArrayList<>();
        fixture().ledger().log().after(1, 1).forEach(entry -> fixture()
                .ledger()
                .log()
                .samples(entry, committed::add));
        assertThat(committed).containsExactly(slotted(slot(1), MEMORY, 1, 6));
    }

    @Test
    void timesOfWhichSomethingCameSinceAreTold_joinedAndCut() {
        Instant before = slot(12).start();
        for (int number : List.of(0, 1, 2, 5)) {
            deliver(whole(slot(number), "compute-1"), slotted(slot(number), MEMORY, 1, 5));
        }
        Instant first = fixture().clock().instant();
        fixture().clock().advance(Duration.ofHours(3));
        Instant since = fixture().clock().instant();
        for (int number : List.of(2, 3, 8, 11, 12)) {
            deliver(whole(slot(number), "compute-2"), slotted(slot(number), MEMORY, 2, 5));
        }

        assertThat(fixture().ledger().slots().cameSince(since, before))
                .containsExactly(
                        new Period(slot(2).start(), slot(5).start()),
                        new Period(slot(8).start(), slot(10).start()),
                        new Period(slot(11).start(), before));
        assertThat(fixture().ledger().slots().cameSince(first, before))
                .containsExactly(
                        new Period(slot(0).start(), slot(7).start()),
                        new Period(slot(8).start(), slot(10).start()),
                        new Period(slot(11).start(), before));
        assertThat(fixture().ledger().slots().cameSince(since.plusSeconds(1), before))
                .isEmpty();
    }

    @Test
    void timesOfWhichSomethingCameSinceAreToldByMember() {
        Instant before = slot(4).start();
        for (int number : List.of(0, 1)) {
            deliver(whole(slot(number), "compute-1"), slotted(slot(number), MEMORY, 1, 5));
        }
        fixture().clock().advance(Duration.ofHours(3));
        Instant since = fixture().clock().instant();
        deliver(whole(slot(2), "compute-1"), slotted(slot(2), MEMORY, 1, 5));
        for (int number : List.of(0, 2, 3, 4)) {
            deliver(whole(slot(number), "compute-2"), slotted(slot(number), MEMORY, 2, 5));
        }

        assertThat(fixture().ledger().slots().cameSinceByMember(since, before))
                .isEqualTo(Map.of(
                        "compute-1",
                        List.of(new Period(slot(2).start(), before)),
                        "compute-2",
                        List.of(new Period(slot(0).start(), before))));
        assertThat(fixture().ledger().slots().cameSinceByMember(since.plusSeconds(1), before))
                .isEmpty();
    }
}
