// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.coordination.CoordinationFailure;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.etcd.EtcdCoordinator;
import io.nephometer.coordination.etcd.EtcdOptions;
import io.nephometer.coordination.ownership.Loss;
import io.nephometer.coordination.ownership.OwnershipChange;
import io.nephometer.coordination.ownership.OwnershipLoop;
import io.nephometer.coordination.ownership.OwnershipObserver;
import io.nephometer.coordination.ownership.Unit;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import io.nephometer.testkit.servers.PrivateEtcd;
import io.nephometer.testkit.servers.PrivateEtcdCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Three members on an etcd of three nodes, of which one, or all, are taken away. Stories that mostly wait are told side by side. */
@Tag("server")
class EtcdClusterTest {
    private static final Duration LEASE = Duration.ofSeconds(9);
    /** Three periods of it are shorter than an etcd that is started again. */
    private static final Unit OFTEN = new Unit("often", Duration.ofMillis(100));

    private static final List<Unit> WORK = IntStream.range(0, 24)
            .mapToObj(i -> new Unit("unit/" + i, Duration.ofMinutes(10)))
            .toList();

    private final PrivateEtcdCluster cluster = new PrivateEtcdCluster(3);
    private final List<Seat> seats = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    /** A member, and what it was told. */
    private final class Seat implements OwnershipObserver, AutoCloseable {
        private final List<OwnershipChange> changes = new CopyOnWriteArrayList<>();
        private final AtomicInteger beats = new AtomicInteger();
        private final Coordinator coordinator;
        private final OwnershipLoop loop;

        Seat(String name, int firstNode) {
            List<String> urls = new ArrayList<>(cluster.urls());
            Collections.rotate(urls, firstNode);
            coordinator = new EtcdCoordinator(EtcdOptions.of(urls), LEASE, Ticker.system());
            loop = new OwnershipLoop(
                    coordinator,
                    new FileEpochs(folder.resolve("epochs")),
                    Member.starting(name, Set.of("central")),
                    "central",
                    changes::add,
                    this,
                    Ticker.system());
            loop.work(WORK);
            loop.start();
        }

        /** Of all changes since the start. */
        private boolean isTold() {
            Map<String, Long> told = new TreeMap<>();
            for (OwnershipChange change : changes) {
                switch (change) {
                    case OwnershipChange.Gained gained -> told.put(gained.unit(), gained.epoch());
                    case OwnershipChange.Lost lost -> told.remove(lost.unit(), lost.epoch());
                }
            }
            return told.equals(loop.owned());
        }

        @Override
        public void beat(Duration took) {
            beats.incrementAndGet();
        }

        @Override
        public void beatFailed(CoordinationFailure why) {}

        @Override
        public void dropped() {}

        @Override
        public void notGranted() {}

        @Override
        public void gained() {}

        @Override
        public void lost(Loss why) {}

        @Override
        public void close() {
            loop.close();
            coordinator.close();
        }

        @Override
        public String toString() {
            return loop.health() + " " + loop.owned() + " " + changes;
        }
    }

    @BeforeEach
    void start() {
        cluster.start();
        for (int i = 0; i < 3; i++) {
            seats.add(new Seat("m" + i, i));
        }
        awaitShared();
        await("each was told what it owns", () -> seats.stream().allMatch(Seat::isTold));
    }

    @AfterEach
    void end() {
        seats.forEach(Seat::close);
        cluster.close();
    }

    private void await(String what, Await.Condition condition) {
        Await.until(what, seats::toString, condition);
    }

    private void awaitShared() {
        await("each unit has one owner", () -> {
            Map<String, Integer> owners = new TreeMap<>();
            seats.forEach(seat -> seat.loop.owned().keySet().forEach(unit -> owners.merge(unit, 1, Integer::sum)));
            return seats.stream().noneMatch(seat -> seat.loop.owned().isEmpty())
                    && owners.keySet().containsAll(WORK.stream().map(Unit::name).toList())
                    && owners.values().stream().allMatch(count -> count == 1);
        });
    }

    /** Longer than a lease. */
    private void awaitBeats() {
        seats.forEach(seat -> seat.beats.set(0));
        await("each has beaten for longer than a lease", () -> seats.stream().allMatch(seat -> seat.beats.get() > 3));
    }

    private void forgetChanges() {
        seats.forEach(seat -> seat.changes.clear());
    }

    private void assertNobodyNoticed() {
        awaitBeats();
        assertThat(seats).allSatisfy(seat -> assertThat(seat.changes).isEmpty());
        awaitShared();
    }

    private PrivateEtcd leader() {
        PrivateEtcd[] leader = new PrivateEtcd[1];
        await("there is a leader", () -> {
            cluster.leader().ifPresent(node -> leader[0] = node);
            return leader[0] != null;
        });
        return leader[0];
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aNodeThatIsKilledEndsNoMembership() {
        PrivateEtcd leader = leader();
        forgetChanges();

        cluster.nodes().stream()
                .filter(node -> node != leader)
                .findFirst()
                .orElseThrow()
                .kill();

        assertNobodyNoticed();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aLeaderThatIsKilledEndsNoMembership() {
        forgetChanges();

        leader().kill();

        assertNobodyNoticed();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aLeaderThatHangsEndsNoMembership() {
        PrivateEtcd leader = leader();
        forgetChanges();

        leader.pause();

        try {
            assertNobodyNoticed();
        } finally {
            leader.resume();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anEtcdThatIsAwayAsAWholeLeavesEachWithWhatItHasUntilItIsBack() {
        Map<String, Long> before = owned();
        cluster.kill();
        await("all are stranded", () -> seats.stream()
                .allMatch(seat -> seat.loop.health() instanceof Health.Degraded degraded
                        && degraded.detail().contains("no answer")));
        assertThat(owned()).isEqualTo(before);

        cluster.start();

        await("all are members again", () -> seats.stream()
                .allMatch(seat -> seat.loop.health() instanceof Health.Up && !seat.changes.isEmpty()));
        awaitShared();
        assertThat(owned()).allSatisfy((unit, epoch) -> assertThat(epoch).isGreaterThan(before.get(unit)));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whoHearsNothingForThreePeriodsStopsAndBeginsAgainWhenItHearsOfIt() {
        seats.forEach(seat -> seat.loop.work(List.of(OFTEN)));
        await("one owns it", () -> owned().containsKey(OFTEN.name()));
        forgetChanges();
        cluster.kill();

        await("it stopped", () -> seats.stream()
                .flatMap(seat -> seat.changes.stream())
                .anyMatch(change -> change instanceof OwnershipChange.Lost lost && lost.why() == Loss.STRANDED));
        assertThat(owned()).isEmpty();
        cluster.start();

        await("one owns it again", () -> owned().containsKey(OFTEN.name()));
    }

    private Map<String, Long> owned() {
        Map<String, Long> owned = new TreeMap<>();
        seats.forEach(seat -> owned.putAll(seat.loop.owned()));
        return owned;
    }
}
