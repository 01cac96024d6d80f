// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.MEMORY;
import static io.nephometer.testkit.ledger.Messages.SLOT;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.measured;
import static io.nephometer.testkit.ledger.Messages.slotted;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitReport;
import io.nephometer.model.Fate;
import io.nephometer.model.Processed;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.store.ledger.EpochDesk;
import io.nephometer.store.ledger.EpochDesk.Claim;
import io.nephometer.store.ledger.EpochDesk.Takeover;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.RetentionPolicy;
import io.nephometer.store.ledger.RosterDesk;
import io.nephometer.store.ledger.RosterDesk.Roster;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Owners of units of work, their claims of slots, and what the ledger takes of whom; on every engine. */
abstract class EpochContract {
    private static final WorkUnit IMAGES = new WorkUnit(SLOT.source(), SLOT.interval(), "images");
    private static final Shortfall UNOWNED = new Shortfall("no_owner", 0, "nobody owned it");

    private int messages;

    abstract LedgerFixture fixture();

    @BeforeEach
    void moveClock() {
        fixture().clock().advance(Duration.between(fixture().clock().instant(), SLOT.end()));
    }

    private EpochDesk desk() {
        return fixture().ledger().epochs();
    }

    private CommitReport deliver(SlotPart part, long volume) {
        return fixture().commit(message(part, volume));
    }

    private Processed message(SlotPart part, long volume) {
        return measured(id(++messages), part, List.of(slotted(part.slot(), MEMORY, 1, volume)));
    }

    private static SlotPart part(Slot slot, Tenure tenure) {
        return new SlotPart(slot, IMAGES.name(), slot.start().plusSeconds(1), 1, 1, List.of(), tenure);
    }

    private List<Number> volumes() {
        return fixture().samples(LedgerQuery.ALL).stream()
                .<Number>map(sample -> sample.volume())
                .toList();
    }

    private @Nullable SlotRecord record(Slot slot) {
        List<SlotRecord> found = new ArrayList<>();
        fixture().ledger().slots().slots(SlotQuery.ALL.between(slot.start(), slot.end()), found::add);
        return found.isEmpty() ? null : found.getFirst();
    }

    @Test
    void everyTenureHasALaterEpoch() {
        assertThat(desk().begin(IMAGES, "a").tenure()).isEqualTo(new Tenure("a", 1));
        assertThat(desk().begin(IMAGES, "b").tenure()).isEqualTo(new Tenure("b", 2));
        assertThat(desk().begin(IMAGES, "b").tenure()).isEqualTo(new Tenure("b", 3));
        assertThat(desk().begin(new WorkUnit(SLOT.source(), SLOT.interval(), "volumes"), "a")
                        .tenure())
                .isEqualTo(new Tenure("a", 1));
    }

    @Test
    void unitsOfAnotherInterval_areOthers() {
        desk().begin(IMAGES, "a");

        assertThat(desk().begin(new WorkUnit(SLOT.source(), Duration.ofSeconds(60), "images"), "a")
                        .tenure())
                .isEqualTo(new Tenure("a", 1));
        assertThat(fixture().ledger().cluster().owners())
                .extracting(owner -> owner.unit().key())
                .containsExactly("pollsters/60 s/images", "pollsters/300 s/images");
    }

    @Test
    void whoeverBegins_learnsHowFarTheUnitHadCome() {
        Takeover first = desk().begin(IMAGES, "a");
        assertThat(first.newest()).isNull();
        assertThat(first.before()).isNull();
        assertThat(first.lastSign()).isNull();

        desk().claim(IMAGES, SLOT, first.tenure());
        deliver(part(SLOT, first.tenure()), 5);

        Takeover second = desk().begin(IMAGES, "b");
        assertThat(second.newest()).isEqualTo(SLOT);
        assertThat(second.before()).isEqualTo(first.tenure());
        assertThat(second.lastSign()).isNotNull();
    }

    @Test
    void whoeverBegins_learnsOfSlotsThatNobodyRecorded() {
        Tenure a = desk().begin(IMAGES, "a").tenure();
        Slot later = SLOT.next().next();
        deliver(part(SLOT, a), 5);
        deliver(part(later.next(), a), 6);

        Takeover takeover = desk().begin(IMAGES, "b");

        assertThat(takeover.newest()).isEqualTo(later.next());
        assertThat(takeover.holes()).containsExactly(SLOT.next(), later);
    }

    @Test
    void aSlotThatWasClaimed_andOfWhichNothingCame_isAHole() {
        Tenure a = desk().begin(IMAGES, "a").tenure();
        desk().claim(IMAGES, SLOT, a);
        desk().claim(IMAGES, SLOT.next(), a);

        Takeover takeover = desk().begin(IMAGES, "b");

        assertThat(takeover.newest()).isEqualTo(SLOT.next());
        assertThat(takeover.holes()).containsExactly(SLOT, SLOT.next());
    }

    @Test
    void aSlotThatIsDone_needsNoMeasuring() {
        Tenure a = desk().begin(IMAGES, "a").tenure();
        assertThat(desk().claim(IMAGES, SLOT, a)).isEqualTo(Claim.GRANTED);
        assertThat(desk().claim(IMAGES, SLOT, a))
                .as("again, as after a restart")
                .isEqualTo(Claim.GRANTED);

        deliver(part(SLOT, a), 5);

        Tenure b = desk().begin(IMAGES, "b").tenure();
        assertThat(desk().claim(IMAGES, SLOT, b)).isEqualTo(Claim.DONE);
        assertThat(desk().claim(IMAGES, SLOT.next(), b)).isEqualTo(Claim.GRANTED);
    }

    @Test
    void aSlotThatIsToldMissing_orOfWhichAPartCame_mayStillBeMeasured() {
        Tenure a = desk().begin(IMAGES, "a").tenure();
        fixture()
                .commit(measured(
                        id(++messages), new SlotPart(SLOT, "images", null, 1, 1, List.of(UNOWNED), a), List.of()));
        assertThat(desk().claim(IMAGES, SLOT, a)).isEqualTo(Claim.GRANTED);

        Slot next = SLOT.next();
        deliver(new SlotPart(next, "images", next.start().plusSeconds(1), 1, 2, List.of(), a), 7);
        assertThat(desk().claim(IMAGES, next, a)).isEqualTo(Claim.GRANTED);
    }

    @Test
    void aFormerOwner_canClaimNothing() {
        Tenure a = desk().begin(IMAGES, "a").tenure();
        desk().begin(IMAGES, "b");

        assertThat(desk().claim(IMAGES, SLOT, a)).isEqualTo(Claim.FENCED);
        assertThat(desk().claim(IMAGES, SLOT.next(), a)).isEqualTo(Claim.FENCED);
    }

    @Test
    void whatAFormerOwnerBrings_isTaken_unlessItsSuccessorClaimedJustThatSlot() {
        Tenure a = desk().begin(IMAGES, "a").tenure();
        desk().claim(IMAGES, SLOT, a);
        Tenure b = desk().begin(IMAGES, "b").tenure();
        desk().claim(IMAGES, SLOT.next(), b);

        assertThat(deliver(part(SLOT, a), 5).fates()).containsExactly(Fate.SAMPLE_ONLY);
        CommitReport late = deliver(part(SLOT.next(), a), 6);

        assertThat(late.fates()).containsExactly(Fate.FENCED);
        assertThat(late.samples()).isZero();
        assertThat(volumes()).containsExactly(5L);
        assertThat(record(SLOT.next())).isNull();
        assertThat(deliver(part(SLOT.next(), b), 7).fates()).containsExactly(Fate.SAMPLE_ONLY);
        assertThat(volumes()).containsExactly(5L, 7L);
    }

    @Test
    void whatWasFenced_comesAgainAsKnown_andNeverCounts() {
        Tenure a = desk().begin(IMAGES, "a").tenure();
        Tenure b = desk().begin(IMAGES, "b").tenure();
        desk().claim(IMAGES, SLOT, b);
        Processed late = message(part(SLOT, a), 6);

        assertThat(fixture().commit(late).fates()).containsExactly(Fate.FENCED);
        assertThat(fixture().commit(late).fates()).containsExactly(Fate.DUPLICATE);

        assertThat(volumes()).isEmpty();
        assertThat(fixture().ledger().log().consumers().getFirst().messages())
                .containsEntry(Fate.FENCED, 1L)
                .containsEntry(Fate.DUPLICATE, 1L);
    }

    @Test
    void fencedMessages_leaveTheRestOfTheBatchAlone() {
        Tenure a = desk().begin(IMAGES, "a").tenure();
        Tenure b = desk().begin(IMAGES, "b").tenure();
        desk().claim(IMAGES, SLOT, b);

        CommitReport report = fixture()
                .commit(message(part(SLOT, a), 1), message(part(SLOT, b), 2), message(part(SLOT.next(), a), 3));

        assertThat(report.fates()).containsExactly(Fate.FENCED, Fate.SAMPLE_ONLY, Fate.SAMPLE_ONLY);
        assertThat(volumes()).containsExactly(2L, 3L);
        SlotRecord slot = record(SLOT);
        assertThat(slot).isNotNull().extracting(SlotRecord::state).isEqualTo(SlotState.DONE);
    }

    @Test
    void whoBringsWithoutAClaim_claimsByIt() {
        Tenure a = desk().begin(IMAGES, "a").tenure();
        Tenure b = desk().begin(IMAGES, "b").tenure();
        deliver(part(SLOT, b), 2);

        assertThat(deliver(part(SLOT, a), 1).fates()).containsExactly(Fate.FENCED);
        assertThat(volumes()).containsExactly(2L);
    }

    @Test
    void claims_areForgottenWithTheirSlots() {
        Tenure a = desk().begin(IMAGES, "a").tenure();
        desk().claim(IMAGES, SLOT, a);
        deliver(part(SLOT, a), 5);
        Tenure b = desk().begin(IMAGES, "b").tenure();
        fixture().clock().advance(Duration.ofDays(3));

        fixture().ledger().retain(new RetentionPolicy(null, Duration.ofDays(1), null), 1_000);

        assertThat(record(SLOT)).isNull();
        assertThat(desk().claim(IMAGES, SLOT, b)).isEqualTo(Claim.GRANTED);
        assertThat(desk().begin(IMAGES, "c").tenure().epoch()).as("epochs stay").isEqualTo(3);
    }

    @Test
    void rosters_areThoseOfTheLatestSlot() {
        RosterDesk rosters = fixture().ledger().rosters();
        assertThat(rosters.newest("tenant")).isNull();

        rosters.put("tenant", new Roster(SLOT.next().start(), "[\"é\"]"));
        rosters.put("tenant", new Roster(SLOT.start(), "[]"));
        assertThat(rosters.newest("tenant")).isEqualTo(new Roster(SLOT.next().start(), "[\"é\"]"));

        rosters.put("tenant", new Roster(SLOT.next().start(), "[1]"));
        assertThat(rosters.newest("tenant")).isEqualTo(new Roster(SLOT.next().start(), "[1]"));
    }

    /** A clock that was wrong for a moment must not keep a list for as long as it was wrong by. */
    @Test
    void aRosterAheadOfTheLedgersTime_givesWayToOneThatIsNot() {
        RosterDesk rosters = fixture().ledger().rosters();
        Roster earlier = new Roster(desk().now().minusSeconds(60), "[1]");
        Roster ahead = new Roster(desk().now().plus(Duration.ofDays(1)), "[9]");
        rosters.put("tenant", ahead);
        assertThat(rosters.newest("tenant")).isNotNull();

        rosters.put("tenant", earlier);
        assertThat(rosters.newest("tenant")).isEqualTo(earlier);
        rosters.put("tenant", ahead);
        rosters.put("tenant", new Roster(desk().now().plus(Duration.ofHours(1)), "[8]"));
        assertThat(rosters.newest("tenant")).extracting(Roster::content).isEqualTo("[9]");
    }

    @Test
    void aRosterThatIsBarelyAhead_countsAsTheLatest() {
        RosterDesk rosters = fixture().ledger().rosters();
        Roster earlier = new Roster(desk().now().minusSeconds(60), "[1]");
        rosters.put("tenant", new Roster(desk().now().plusSeconds(3), "[2]"));

        rosters.put("tenant", earlier);

        assertThat(rosters.newest("tenant")).extracting(Roster::content).isEqualTo("[2]");
    }

    @Test
    void rosters_areToldWhereTheyAreNewer() {
        RosterDesk rosters = fixture().ledger().rosters();
        assertThat(rosters.newerThan("tenant", SLOT.start())).isNull();

        rosters.put("tenant", new Roster(SLOT.next().start(), "[]"));
        assertThat(rosters.newerThan("tenant", SLOT.start()))
                .isEqualTo(new Roster(SLOT.next().start(), "[]"));
        assertThat(rosters.newerThan("tenant", SLOT.next().start())).isNull();
        assertThat(rosters.newerThan("domain", SLOT.start())).isNull();
    }

    @Test
    void theClock_goesOn() {
        assertThat(desk().now()).isBeforeOrEqualTo(desk().now());
    }

    @Test
    void membersAreThoseWhoWroteThemselvesDown() {
        assertThat(fixture().ledger().cluster().members()).isEmpty();
    }
}
