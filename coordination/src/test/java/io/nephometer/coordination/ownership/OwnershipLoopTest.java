// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.CoordinationFailure;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Registration;
import io.nephometer.coordination.memory.InProcessCoordinator;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OwnershipLoopTest {
    private static final Duration LEASE = Duration.ofSeconds(9);
    private static final Unit IMAGES = new Unit("images", Duration.ofSeconds(60));
    private static final List<Unit> MANY = IntStream.range(0, 30)
            .mapToObj(i -> new Unit("u" + i, Duration.ofSeconds(60)))
            .toList();

    private final InProcessCoordinator members = new InProcessCoordinator(LEASE, Ticker.system());
    private final Semaphore beats = new Semaphore(0);
    private final AtomicLong epochs = new AtomicLong();
    private final BlockingQueue<OwnershipChange> changes = new LinkedBlockingQueue<>();
    private final Member me = Member.starting("a", Set.of("central"));
    private volatile boolean away;
    private volatile boolean broken;
    private final OwnershipLoop loop = loop(me, (_, _) -> epochs.incrementAndGet(), changes::add);

    @AfterEach
    void close() {
        loop.close();
    }

    private OwnershipLoop loop(Member member, Epochs ledger, OwnershipListener listener) {
        return new OwnershipLoop(
                new Watched(), ledger, member, "central", listener, OwnershipObserver.none(), Ticker.system());
    }

    /** Counts beats, and can be away. */
    private final class Watched implements Coordinator {
        private void reach() throws CoordinationException {
            if (broken) {
                throw new IllegalStateException("a defect");
            }
            if (away) {
                throw new CoordinationException(CoordinationFailure.UNREACHABLE, "nobody answers");
            }
        }

        @Override
        public Members beat(Member member) throws CoordinationException {
            beats.release();
            reach();
            return members.beat(member);
        }

        @Override
        public Members members() throws CoordinationException {
            reach();
            return members.members();
        }

        @Override
        public void leave(Member member) throws CoordinationException {
            reach();
            members.leave(member);
        }

        @Override
        public Registration watch(Runnable changed) {
            return members.watch(changed);
        }

        @Override
        public Duration lease() {
            return LEASE;
        }

        @Override
        public void close() {}
    }

    private static OwnershipChange next(BlockingQueue<OwnershipChange> from) throws InterruptedException {
        OwnershipChange change = from.poll(60, TimeUnit.SECONDS);
        assertThat(change).as("a change within a minute").isNotNull();
        return change;
    }

    private void awaitBeats(int more) throws InterruptedException {
        beats.drainPermits();
        assertThat(beats.tryAcquire(more, 60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void itGainsWhatThereIsAndLeavesWithIt() throws Exception {
        loop.start();
        loop.work(List.of(IMAGES));

        assertThat(next(changes)).isEqualTo(new OwnershipChange.Gained("images", 1));
        assertThat(loop.epoch("images")).hasValue(1);
        assertThat(loop.owned()).containsOnlyKeys("images");
        assertThat(loop.health()).isInstanceOf(Health.Up.class);

        loop.close();
        assertThat(next(changes)).isEqualTo(new OwnershipChange.Lost("images", 1, Loss.LEFT));
        assertThat(members.members().live()).isEmpty();
        assertThat(loop.health()).isInstanceOf(Health.Down.class);
        loop.close();
    }

    @Test
    void mayBeClosedBeforeStart() {
        loop.close();
        assertThat(loop.health()).isInstanceOf(Health.Down.class);
    }

    @Test
    void whatOneLeavesTheOtherGains() throws Exception {
        BlockingQueue<OwnershipChange> others = new LinkedBlockingQueue<>();
        try (OwnershipLoop other =
                loop(Member.starting("b", Set.of("central")), (_, _) -> epochs.incrementAndGet(), others::add)) {
            other.work(MANY);
            other.start();
            for (int i = 0; i < MANY.size(); i++) {
                assertThat(next(others)).isInstanceOf(OwnershipChange.Gained.class);
            }
            loop.work(MANY);
            loop.start();
            OwnershipChange gained = next(changes);
            assertThat(gained).isInstanceOf(OwnershipChange.Gained.class);
            OwnershipChange lost = next(others);
            assertThat(((OwnershipChange.Lost) lost).why()).isEqualTo(Loss.MOVED);

            loop.close();

            while (other.owned().size() < MANY.size()) {
                next(others);
            }
            assertThat(members.members().names()).containsExactly("b");
        }
    }

    /** An election: whoever owns the only unit of a work is elected. */
    @Test
    void aProcessTakesPartInSeveralWorksByALoopForEach() throws Exception {
        Unit refresher = new Unit("refresher", Duration.ofSeconds(30));
        BlockingQueue<OwnershipChange> elections = new LinkedBlockingQueue<>();
        Member elected = Member.starting(me.name(), Set.of("refresher"));
        try (OwnershipLoop election = new OwnershipLoop(
                members,
                (_, _) -> epochs.incrementAndGet(),
                elected,
                "refresher",
                elections::add,
                OwnershipObserver.none(),
                Ticker.system())) {
            election.work(List.of(refresher));
            loop.work(List.of(IMAGES));
            election.start();
            loop.start();

            assertThat(next(elections).unit()).isEqualTo("refresher");
            assertThat(next(changes).unit()).isEqualTo("images");
            assertThat(members.members().live()).hasSize(2);
            assertThat(members.members().names()).containsExactly(me.name());
        }
    }

    @Test
    void aLedgerThatHangsDoesNotStopTheBeats() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        try (OwnershipLoop waiting = loop(
                Member.starting("b", Set.of("central")),
                (_, _) -> {
                    released.await();
                    return 5;
                },
                changes::add)) {
            waiting.work(List.of(IMAGES));
            waiting.start();

            awaitBeats(2);
            assertThat(waiting.epoch("images")).isEmpty();
            released.countDown();
            assertThat(next(changes)).isEqualTo(new OwnershipChange.Gained("images", 5));
        }
    }

    @Test
    void aLedgerThatGivesNoEpochIsAskedAgain() throws Exception {
        AtomicLong asked = new AtomicLong();
        try (OwnershipLoop stubborn = loop(
                Member.starting("b", Set.of("central")),
                (_, _) -> {
                    return switch ((int) asked.incrementAndGet()) {
                        case 1 -> throw new EpochException("the ledger is away", null);
                        case 2 -> throw new IllegalStateException("a defect");
                        default -> 7;
                    };
                },
                changes::add)) {
            stubborn.work(List.of(IMAGES));
            stubborn.start();

            assertThat(next(changes)).isEqualTo(new OwnershipChange.Gained("images", 7));
            assertThat(asked.get()).isEqualTo(3);
        }
    }

    @Test
    void aCoordinatorThatIsAwayIsTriedUntilItIsBack() throws Exception {
        away = true;
        loop.work(List.of(IMAGES));
        loop.start();
        awaitBeats(2);
        assertThat(loop.health().detail()).contains("nobody answers");

        away = false;

        assertThat(next(changes)).isEqualTo(new OwnershipChange.Gained("images", 1));
    }

    @Test
    void aDefectOfTheCoordinatorEndsNoMembership() throws Exception {
        loop.work(List.of(IMAGES));
        loop.start();
        assertThat(next(changes)).isEqualTo(new OwnershipChange.Gained("images", 1));

        broken = true;
        awaitBeats(2);
        assertThat(loop.owned()).containsOnlyKeys("images");

        broken = false;
        awaitBeats(2);
        assertThat(loop.owned()).containsOnlyKeys("images");
        assertThat(changes).isEmpty();
        assertThat(loop.health()).isInstanceOf(Health.Up.class);
    }

    @Test
    void whoseClockIsOffIsNoMemberOfTheGroupUntilItIsRight() throws Exception {
        loop.work(List.of(IMAGES));
        loop.start();
        next(changes);

        loop.clock(Duration.ofSeconds(6));
        assertThat(next(changes)).isEqualTo(new OwnershipChange.Lost("images", 1, Loss.CLOCK_OFF));
        awaitBeats(1);
        assertThat(members.members().names()).containsExactly("a");
        loop.clock(Duration.ZERO);

        assertThat(next(changes)).isEqualTo(new OwnershipChange.Gained("images", 2));
    }

    @Test
    void whoIsFencedBeginsAnew() throws Exception {
        loop.work(List.of(IMAGES));
        loop.start();
        next(changes);

        loop.fenced("images", 1);

        assertThat(next(changes)).isEqualTo(new OwnershipChange.Lost("images", 1, Loss.FENCED));
        assertThat(next(changes)).isEqualTo(new OwnershipChange.Gained("images", 2));
    }

    @Test
    void aDefectOfTheListenerMakesRoomForOthers() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        OwnershipLoop broken = loop(Member.starting("b", Set.of("central")), (_, _) -> 1, _ -> {
            told.countDown();
            throw new IllegalStateException("a defect");
        });
        broken.work(List.of(IMAGES));
        loop.work(List.of(IMAGES));
        broken.start();
        assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();

        loop.start();

        assertThat(next(changes)).isInstanceOf(OwnershipChange.Gained.class);
        broken.close();
        assertThat(broken.health()).isInstanceOf(Health.Down.class);
        assertThat(members.members().names()).containsExactly("a");
    }

    /** Whoever gains what it owned asks whether it lives, to let it end what it is at. */
    @Test
    void whoGivesUp_isSeenToLive_andToTakeNoPart_untilItIsClosed() throws Exception {
        loop.start();
        loop.work(List.of(IMAGES));
        assertThat(changes.poll(30, TimeUnit.SECONDS)).isInstanceOf(OwnershipChange.Gained.class);
        CountDownLatch apart = new CountDownLatch(1);
        try (Registration _ = members.watch(() -> {
            if (members.members().in("central").live().isEmpty()) {
                apart.countDown();
            }
        })) {
            loop.giveUp();
            assertThat(apart.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(changes.poll(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(OwnershipChange.Lost.class, lost -> assertThat(lost.why())
                        .isEqualTo(Loss.LEFT));
        assertThat(members.members().names()).containsExactly("a");
        assertThat(loop.health()).isInstanceOf(Health.Degraded.class);

        loop.close();

        assertThat(members.members().live()).isEmpty();
        assertThat(changes).isEmpty();
    }
}
