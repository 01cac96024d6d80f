// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.SLOT;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.measured;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nephometer.model.Incarnation;
import io.nephometer.model.Incarnation.Polled;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.store.ledger.MemberClash;
import io.nephometer.store.ledger.SlotDesk;
import io.nephometer.store.ledger.SlotMember;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger makes of the runs of a member, on every engine. */
abstract class IncarnationContract {
    private static final Instant MORNING = SLOT.start().minus(Duration.ofDays(1));
    private static final Slot RENAMED = new Slot("renamed", SLOT.interval(), SLOT.start());
    private static final Slot OFTEN = Slot.at(SLOT.source(), Duration.ofMinutes(1), SLOT.start());

    private int messages;

    abstract LedgerFixture fixture();

    /** Just after the first slot. */
    @BeforeEach
    void moveClock() {
        fixture().clock().advance(Duration.between(fixture().clock().instant(), SLOT.end()));
    }

    private static Incarnation run(String id, Instant began, Slot... measures) {
        return new Incarnation(
                id, began, Set.copyOf(List.of(measures).stream().map(Polled::of).toList()));
    }

    private void deliver(Slot slot, Incarnation run) {
        deliver(slot, "cmp1", run);
    }

    private void deliver(Slot slot, String member, Incarnation run) {
        SlotPart part = new SlotPart(slot, member, slot.start().plusSeconds(1), 1, 1, List.of()).by(run);
        fixture().commit(measured(id(++messages), part, List.of()));
    }

    private static Slot slot(int number) {
        return new Slot(
                SLOT.source(),
                SLOT.interval(),
                SLOT.start().plus(SLOT.interval().multipliedBy(number)));
    }

    private SlotDesk desk() {
        return fixture().ledger().slots();
    }

    private List<Tuple> expected() {
        return desk().members().stream()
                .filter(it -> it.retired() == null)
                .map(it -> tuple(it.source(), it.interval()))
                .toList();
    }

    @Test
    void twoRunsThatMeasureAtOnceAreAClash_untilTheEarlierOneIsGone() {
        Incarnation first = run("first", MORNING, SLOT);
        Incarnation second = run("second", SLOT.start().plusSeconds(30), SLOT);
        deliver(SLOT, first);
        deliver(SLOT, second);
        assertThat(desk().clashes()).isEmpty();

        deliver(slot(1), second);
        deliver(slot(1), first);

        Instant seen = fixture().clock().instant();
        assertThat(desk().clashes())
                .containsExactly(new MemberClash(
                        "cmp1",
                        new MemberClash.Run("first", first.began()),
                        new MemberClash.Run("second", second.began()),
                        seen));
        fixture().clock().advance(Duration.ofMinutes(10));
        assertThat(desk().clashes()).hasSize(1);
        fixture().clock().advance(Duration.ofSeconds(1));
        assertThat(desk().clashes()).isEmpty();
    }

    @Test
    void aRestartIsNoClash_inWhateverOrderItsMessagesCome() {
        Incarnation second = run("second", slot(1).start(), SLOT);
        deliver(slot(1), second);
        deliver(slot(2), second);
        deliver(SLOT, run("first", MORNING, SLOT));
        deliver(slot(3), "cmp2", run("other", MORNING, SLOT));

        assertThat(desk().clashes()).isEmpty();
    }

    @Test
    void whatALaterRunDoesNotMeasure_isExpectedNoMoreFromItsStartOn() {
        deliver(SLOT, run("first", MORNING, SLOT, OFTEN));
        deliver(OFTEN, run("first", MORNING, SLOT, OFTEN));
        deliver(SLOT, "cmp2", run("other", MORNING, SLOT));
        Instant began = SLOT.start().plusSeconds(100);

        deliver(RENAMED, run("second", began, RENAMED, OFTEN));

        assertThat(desk().members())
                .filteredOn(it -> it.retired() != null)
                .extracting(SlotMember::source, SlotMember::interval, SlotMember::member, SlotMember::retired)
                .containsExactly(tuple(SLOT.source(), SLOT.interval(), "cmp1", began));
        assertThat(expected())
                .containsExactlyInAnyOrder(
                        tuple("renamed", SLOT.interval()),
                        tuple(SLOT.source(), OFTEN.interval()),
                        tuple(SLOT.source(), SLOT.interval()));
        fixture().clock().advance(Duration.ofHours(1));
        assertThat(desk().newest())
                .extracting(it -> it.slot().source(), it -> it.slot().interval(), it -> it.member())
                .doesNotContain(tuple(SLOT.source(), SLOT.interval(), "cmp1"))
                .hasSize(3);
    }

    @Test
    void whatWaitedInASpool_makesNothingExpectedAgain() {
        deliver(RENAMED, run("second", SLOT.start().plusSeconds(1), RENAMED));

        deliver(SLOT, run("first", MORNING, SLOT));

        assertThat(expected()).containsExactly(tuple("renamed", SLOT.interval()));
    }

    @Test
    void oneThatDoesNotSayWhoItIs_changesNothing() {
        deliver(SLOT, run("first", MORNING, SLOT));
        SlotPart plain = new SlotPart(RENAMED, "cmp1", null, 1, 1, List.of());
        SlotPart shared = new SlotPart(OFTEN, "cmp1", null, 1, 1, List.of(), new Tenure("ctl1", 1));

        fixture().commit(measured(id(101), plain, List.of()), measured(id(102), shared, List.of()));

        assertThat(expected()).hasSize(3);
    }

    @Test
    void unitsOfWorkAreNoneOfAHostOfTheSameName() {
        fixture().ledger().epochs().begin(new WorkUnit(OFTEN.source(), OFTEN.interval(), "cmp1"), "ctl1");
        deliver(OFTEN, run("none", MORNING.minusSeconds(1), OFTEN));

        deliver(RENAMED, run("second", SLOT.start().plusSeconds(1), RENAMED));

        assertThat(expected()).contains(tuple(OFTEN.source(), OFTEN.interval()));
    }

    @Test
    void runsWithoutEndTakeNoRoomWithoutEnd_andClocksAheadWinNothing() {
        Instant future = SLOT.start().plus(Duration.ofDays(300));
        for (int i = 0; i < 20; i++) {
            deliver(SLOT, run("ahead-" + i, future.plusSeconds(i), SLOT));
        }
        fixture().clock().advance(SLOT.interval());
        deliver(slot(1), run("right", SLOT.end().plusSeconds(1), RENAMED));

        assertThat(expected()).isEmpty();
        assertThat(fixture().ledger().sizes())
                .filteredOn(size -> size.table().equals("incarnations"))
                .singleElement()
                .satisfies(size -> assertThat(size.rows()).isLessThanOrEqualTo(9));
    }
}
