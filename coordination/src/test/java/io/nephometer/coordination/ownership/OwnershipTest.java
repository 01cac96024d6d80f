// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Presence;
import io.nephometer.coordination.Rendezvous;
import io.nephometer.coordination.ownership.OwnershipChange.Gained;
import io.nephometer.coordination.ownership.OwnershipChange.Lost;
import io.nephometer.runtime.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OwnershipTest {
    private static final Duration LEASE = Duration.ofSeconds(9);
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final List<Unit> WORK =
            IntStream.range(0, 12).mapToObj(i -> new Unit("u" + i, PERIOD)).toList();
    private static final List<Unit> ONE = List.of(new Unit("images", PERIOD));

    private final Member me = new Member("a", "1", Set.of("central", "audit"));
    private final Member other = new Member("b", "1", Set.of("central"));
    private final Ownership ownership = new Ownership(me, "central", LEASE);
    /** A ticker may begin anywhere, and pass the largest number. */
    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private long epochs;
    private long revision;

    private static Presence in(Member member, long joined) {
        return new Presence(member, joined);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void beat(Presence... live) {
        ownership.beaten(new Members(List.of(live), ++revision), now, now);
    }

    private void grantAll() {
        ownership.takeAsks(now).forEach(ask -> ownership.granted(ask, ++epochs, now));
    }

    /** Owns all of the work alone. */
    private void ownAlone(List<Unit> work) {
        ownership.work(work);
        beat(in(me, 1));
        grantAll();
        assertThat(ownership.takeChanges()).hasSize(work.size());
    }

    private List<String> mineBeside(Member... others) {
        List<String> names = new ArrayList<>(List.of("a"));
        for (Member one : others) {
            names.add(one.name());
        }
        return WORK.stream()
                .map(Unit::name)
                .filter(unit -> Rendezvous.owner(unit, names).orElseThrow().equals("a"))
                .toList();
    }

    private Health health() {
        return ownership.health(now);
    }

    @Test
    void whoHasNotJoinedAsksForNothing() {
        ownership.work(WORK);

        assertThat(ownership.takeAsks(now)).isEmpty();
        assertThat(ownership.owned(now)).isEmpty();
        assertThat(health()).isInstanceOf(Health.Down.class);
        ownership.beatFailed("nobody answers", now);
        assertThat(health().detail()).contains("nobody answers");
    }

    @Test
    void aUnitIsUsedOnlyAfterItsEpochWasGiven() {
        ownership.work(ONE);
        beat(in(me, 1));

        List<Ask> asks = ownership.takeAsks(now);
        assertThat(asks).extracting(Ask::unit).containsExactly("images");
        assertThat(ownership.takeAsks(now)).isEmpty();
        assertThat(ownership.epoch("images", now)).isEmpty();
        assertThat(health()).isInstanceOf(Health.Degraded.class);

        ownership.granted(asks.getFirst(), 17, now);

        assertThat(ownership.epoch("images", now)).hasValue(17);
        assertThat(ownership.takeChanges()).containsExactly(new Gained("images", 17));
        assertThat(ownership.takeChanges()).isEmpty();
        assertThat(health()).isInstanceOf(Health.Up.class);
    }

    @Test
    void whatIsAnothersIsGivenUpWhenItComesAndGainedWhenItGoes() {
        ownAlone(WORK);
        List<String> kept = mineBeside(other);
        assertThat(kept).isNotEmpty().hasSizeLessThan(WORK.size());

        beat(in(me, 1), in(other, 2));

        assertThat(ownership.owned(now).keySet()).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(ownership.takeChanges())
                .hasSize(WORK.size() - kept.size())
                .allSatisfy(change -> assertThat(((Lost) change).why()).isEqualTo(Loss.MOVED));
        assertThat(ownership.takeAsks(now)).isEmpty();

        beat(in(me, 1));
        grantAll();

        assertThat(ownership.owned(now)).hasSize(WORK.size());
        assertThat(ownership.takeChanges()).hasSize(WORK.size() - kept.size()).allMatch(Gained.class::isInstance);
    }

    @Test
    void whoTakesPartInSomethingElseTakesNothing() {
        ownAlone(WORK);

        beat(in(me, 1), in(other.in(Set.of("audit")), 2));

        assertThat(ownership.owned(now)).hasSize(WORK.size());
        assertThat(ownership.takeChanges()).isEmpty();
    }

    @Test
    void whatOnlySomeKnowIsOwnedByOneOfThem() {
        Set<String> all = Set.of("central", "does-new");
        Ownership knowing = new Ownership(me.in(all), "central", LEASE);
        knowing.work(WORK.stream()
                .map(unit -> new Unit(unit.name(), unit.period(), "does-new"))
                .toList());

        knowing.beaten(new Members(List.of(in(me.in(all), 1), in(other, 2)), 1), now, now);
        assertThat(knowing.takeAsks(now)).hasSize(WORK.size());

        knowing.beaten(new Members(List.of(in(me.in(all), 1), in(other.in(all), 2)), 2), now, now);
        knowing.beaten(new Members(List.of(in(me.in(all), 1), in(other, 2)), 3), now, now);
        assertThat(knowing.takeAsks(now))
                .hasSize(WORK.size() - mineBeside(other).size());

        knowing.beaten(new Members(List.of(in(me, 1), in(other.in(all), 2)), 4), now, now);
        assertThat(knowing.owned(now)).isEmpty();
        assertThat(knowing.takeAsks(now)).isEmpty();
    }

    @Test
    void whoLeavesGainsNothing_andTellsThatItTakesNoPart() {
        ownAlone(WORK);

        ownership.leave();
        beat(in(me, 1));

        assertThat(ownership.presented()).isEqualTo(me.in(Set.of("audit")));
        assertThat(ownership.wantsBeat()).isTrue();
        assertThat(ownership.owned(now)).isEmpty();
        assertThat(ownership.takeAsks(now)).isEmpty();
        assertThat(ownership.takeChanges()).hasSize(WORK.size()).allSatisfy(change -> assertThat(((Lost) change).why())
                .isEqualTo(Loss.LEFT));
    }

    @Test
    void anAnswerThatComesAfterTheUnitWasLostIsNotUsed() {
        ownership.work(WORK);
        beat(in(me, 1));
        List<Ask> asks = ownership.takeAsks(now);
        beat(in(me, 1), in(other, 2));
        beat(in(me, 1));

        asks.forEach(ask -> ownership.granted(ask, 5, now));

        // Those that stayed ours meanwhile; the others are asked for anew.
        assertThat(ownership.owned(now).keySet()).containsExactlyInAnyOrderElementsOf(mineBeside(other));
        assertThat(ownership.takeAsks(now))
                .hasSize(WORK.size() - mineBeside(other).size());
    }

    @Test
    void whoFindsOutThatItWasDroppedGivesAllUpAndGainsItAnew() {
        ownAlone(ONE);
        pass(LEASE.dividedBy(3));

        beat(in(me, 2));

        assertThat(ownership.takeChanges()).containsExactly(new Lost("images", 1, Loss.DROPPED));
        assertThat(ownership.drops()).isEqualTo(1);
        assertThat(ownership.epoch("images", now)).isEmpty();
        grantAll();
        assertThat(ownership.epoch("images", now)).hasValue(2);
    }

    @Test
    void whoWasPausedForLongerThanItsLeaseGivesAllUpAlsoIfNobodyTellsIt() {
        ownAlone(ONE);
        pass(LEASE.plusNanos(1));

        beat(in(me, 1));

        assertThat(ownership.takeChanges()).containsExactly(new Lost("images", 1, Loss.DROPPED));
    }

    @Test
    void whoIsNotAmongTheMembersOwnsNothing() {
        ownAlone(ONE);

        beat(in(other, 2));

        assertThat(ownership.takeChanges()).containsExactly(new Lost("images", 1, Loss.DROPPED));
        assertThat(ownership.takeAsks(now)).isEmpty();
    }

    @Test
    void failedBeatsChangeNothingWithinTheLease() {
        ownAlone(ONE);
        pass(LEASE.minusNanos(1));

        ownership.beatFailed("cut off", now);

        assertThat(ownership.epoch("images", now)).hasValue(1);
        assertThat(health()).isInstanceOf(Health.Up.class);
    }

    @Test
    void whoIsStrandedGoesOnForThreePeriodsAndThenStops() {
        ownAlone(ONE);
        pass(LEASE);
        ownership.beatFailed("cut off", now);
        assertThat(health()).isInstanceOf(Health.Degraded.class);
        assertThat(health().detail()).contains("cut off", "9 s");

        pass(PERIOD.multipliedBy(3).minusNanos(1));
        assertThat(ownership.epoch("images", now)).hasValue(1);
        assertThat(ownership.takeChanges()).isEmpty();
        assertThat(ownership.wakeAt(now)).isEqualTo(now + 1);

        pass(Duration.ofNanos(1));
        ownership.tick(now);
        assertThat(ownership.takeChanges()).containsExactly(new Lost("images", 1, Loss.STRANDED));
        assertThat(ownership.epoch("images", now)).isEmpty();
        assertThat(health()).isInstanceOf(Health.Down.class);
    }

    @Test
    void eachUnitHasItsOwnPatience() {
        ownAlone(List.of(new Unit("often", Duration.ofSeconds(10)), new Unit("rarely", Duration.ofSeconds(600))));

        pass(LEASE.plusSeconds(30));

        assertThat(ownership.owned(now)).containsOnlyKeys("rarely");
    }

    @Test
    void whoIsStrandedGainsNothing() {
        ownership.work(WORK);
        beat(in(me, 1));
        List<Ask> asks = ownership.takeAsks(now);
        ownership.granted(asks.getFirst(), 1, now);
        pass(LEASE);

        ownership.granted(asks.get(1), 2, now);

        assertThat(ownership.takeAsks(now)).isEmpty();
        assertThat(ownership.owned(now)).containsOnlyKeys(asks.getFirst().unit());
    }

    /** As after a pause in the middle of a beat: its answer is old when it is read. */
    @Test
    void anAnswerThatIsReadAfterItsLeaseGainsNothing() {
        ownership.work(ONE);

        ownership.beaten(new Members(List.of(in(me, 1)), 1), now, now + LEASE.toNanos());

        assertThat(ownership.takeAsks(now + LEASE.toNanos())).isEmpty();
    }

    @Test
    void anEpochThatWasNotGivenIsAskedForAgainEverLessSoon() {
        ownership.work(ONE);
        beat(in(me, 1));
        long wait = 0;
        for (int i = 0; i < 4; i++) {
            ownership.notGranted(ownership.takeAsks(now).getFirst(), now);
            assertThat(ownership.takeAsks(now)).isEmpty();
            long next = ownership.wakeAt(now) - now;
            assertThat(next).isGreaterThan(wait);
            wait = next;
            pass(Duration.ofNanos(wait));
        }
        assertThat(ownership.takeAsks(now)).hasSize(1);
    }

    @Test
    void whoIsFencedSeesTheMembersAnewBeforeItAsksAgain() {
        ownAlone(ONE);
        pass(Duration.ofSeconds(1));

        ownership.fenced("images", 1, now);

        assertThat(ownership.takeChanges()).containsExactly(new Lost("images", 1, Loss.FENCED));
        assertThat(ownership.takeAsks(now)).isEmpty();
        assertThat(ownership.wantsBeat()).isTrue();
        beat(in(me, 1));
        assertThat(ownership.wantsBeat()).isFalse();
        grantAll();
        assertThat(ownership.epoch("images", now)).hasValue(2);
    }

    @Test
    void aFenceOfAnEarlierEpochIsOld() {
        ownAlone(ONE);
        ownership.fenced("images", 0, now);
        ownership.fenced("unknown", 1, now);

        assertThat(ownership.epoch("images", now)).hasValue(1);
        assertThat(ownership.takeChanges()).isEmpty();
    }

    @Test
    void whoseClockIsOffOwnsNothingAndIsInNobodysWay() {
        ownAlone(ONE);

        ownership.clock(Duration.ofMillis(-5_001));

        assertThat(ownership.takeChanges()).containsExactly(new Lost("images", 1, Loss.CLOCK_OFF));
        assertThat(ownership.presented()).isEqualTo(me.in(Set.of("audit")));
        assertThat(health()).isInstanceOf(Health.Down.class);
        assertThat(health().detail()).contains("5001 ms", "behind");
        beat(in(me.in(Set.of("audit")), 1));
        assertThat(ownership.takeAsks(now)).isEmpty();

        ownership.clock(Duration.ofSeconds(5));
        assertThat(ownership.presented()).isEqualTo(me);
        assertThat(ownership.takeAsks(now)).isEmpty();
        beat(in(me, 1));
        grantAll();
        assertThat(ownership.epoch("images", now)).hasValue(2);
    }

    @Test
    void whoNeedsTheLedgerTakesNoPartBeforeItAnswers() {
        ownership.needLedger();
        ownership.work(ONE);

        assertThat(ownership.presented()).isEqualTo(me.in(Set.of("audit")));
        beat(in(me.in(Set.of("audit")), 1));
        assertThat(ownership.takeAsks(now)).isEmpty();
        assertThat(ownership.wantsBeat()).isFalse();

        ownership.ledgerHeard(now);
        assertThat(ownership.presented()).isEqualTo(me);
        assertThat(ownership.wantsBeat()).isTrue();
        assertThat(ownership.takeAsks(now)).as("others do not know yet").isEmpty();
        beat(in(me, 1));
        grantAll();
        assertThat(ownership.epoch("images", now)).hasValue(1);
    }

    @Test
    void whomTheLedgerDoesNotAnswerLeavesItsUnitsToOthersAndGoesOnForThreePeriods() {
        ownership.needLedger();
        ownership.ledgerHeard(now);
        ownAlone(ONE);
        long heard = now;

        pass(LEASE.dividedBy(2));
        beat(in(me, 1));
        pass(LEASE.dividedBy(2));
        ownership.tick(now);
        assertThat(ownership.presented()).isEqualTo(me.in(Set.of("audit")));
        assertThat(health()).isInstanceOf(Health.Degraded.class);
        assertThat(health().detail()).contains("ledger");
        beat(in(me.in(Set.of("audit")), 1));
        assertThat(ownership.epoch("images", now)).hasValue(1);

        long ends = heard
                + LEASE.toNanos()
                + ONE.getFirst().period().multipliedBy(3).toNanos();
        while (now < ends) {
            assertThat(ownership.epoch("images", now)).hasValue(1);
            pass(LEASE.dividedBy(2));
            beat(in(me.in(Set.of("audit")), 1));
        }
        assertThat(ownership.epoch("images", now)).isEmpty();
        assertThat(ownership.takeChanges()).contains(new Lost("images", 1, Loss.STRANDED));
    }

    @Test
    void ofTwoWithOneNameTheSecondStandsByUntilTheFirstIsGone() {
        Member twin = new Member("a", "0", Set.of("central"));
        ownership.work(ONE);

        beat(in(twin, 1), in(me, 2));

        assertThat(ownership.takeAsks(now)).isEmpty();
        assertThat(health()).isInstanceOf(Health.Degraded.class);
        assertThat(health().detail()).contains("another process is called a");
        beat(in(me, 2));
        grantAll();
        assertThat(ownership.epoch("images", now)).hasValue(1);
    }

    @Test
    void whoWasThereBeforeIsNotDisturbedByANamesake() {
        ownAlone(ONE);

        beat(in(me, 1), in(new Member("a", "0", Set.of("central")), 2));

        assertThat(ownership.takeChanges()).isEmpty();
    }

    @Test
    void workMayChange() {
        ownAlone(WORK.subList(0, 2));

        ownership.work(WORK.subList(1, 3));

        assertThat(ownership.takeChanges()).containsExactly(new Lost("u0", 1, Loss.RETIRED));
        grantAll();
        assertThat(ownership.owned(now)).containsOnlyKeys("u1", "u2");
    }

    @Test
    void whoLeavesGivesAllUp() {
        ownAlone(ONE);

        ownership.leave();

        assertThat(ownership.takeChanges()).containsExactly(new Lost("images", 1, Loss.LEFT));
        beat(in(me, 1));
        assertThat(ownership.takeAsks(now)).isEmpty();
    }

    @Test
    void itWakesWhenItsLeaseEnds() {
        ownAlone(ONE);
        pass(Duration.ofSeconds(4));

        assertThat(ownership.wakeAt(now) - now).isEqualTo(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void whoDoesNotTakePartOwnsNothingByMistake() {
        assertThatThrownBy(() -> new Ownership(me, "publish", LEASE)).isInstanceOf(IllegalArgumentException.class);
    }
}
