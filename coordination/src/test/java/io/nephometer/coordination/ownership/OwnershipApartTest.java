// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.coordination.Members;
import io.nephometer.coordination.ownership.OwnershipChange.Lost;
import io.nephometer.runtime.Health;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of it when a member is cut off, paused, dropped, wrong about the time, or leaves. */
final class OwnershipApartTest extends OwnershipCase {
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
}
