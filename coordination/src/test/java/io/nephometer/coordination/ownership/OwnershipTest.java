// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.coordination.Member;
import io.nephometer.coordination.ownership.OwnershipChange.Gained;
import io.nephometer.coordination.ownership.OwnershipChange.Lost;
import io.nephometer.runtime.Health;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a member owns, by who is live and what the ledger gives. */
final class OwnershipTest extends OwnershipCase {
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
    void whoDoesNotTakePartOwnsNothingByMistake() {
        assertThatThrownBy(() -> new Ownership(me, "publish", LEASE)).isInstanceOf(IllegalArgumentException.class);
    }
}
