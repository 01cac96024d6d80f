// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.CoordinationFailure;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.CoordinatorContract;
import io.nephometer.coordination.CoordinatorFixture;
import io.nephometer.coordination.Member;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.tls.TlsOptions;
import io.nephometer.testkit.servers.PrivateEtcd;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class EtcdCoordinatorTest {
    private static final PrivateEtcd ETCD = new PrivateEtcd();
    private static final Duration SHORT = Duration.ofSeconds(9);

    private final Member me = Member.starting("a", Set.of("central"));
    private EtcdFixture fixture;

    @BeforeAll
    static void start() {
        ETCD.start();
    }

    @AfterAll
    static void stop() {
        ETCD.close();
    }

    @BeforeEach
    void open() throws Exception {
        ETCD.start();
        fixture = new EtcdFixture(ETCD);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Nested
    class Contract extends CoordinatorContract {
        @Override
        protected CoordinatorFixture fixture() {
            return fixture;
        }
    }

    private static Coordinator of(String... urls) {
        return new EtcdCoordinator(EtcdOptions.of(List.of(urls)), SHORT, Ticker.system());
    }

    private static CoordinationFailure failure(Coordinator coordinator, Member member) {
        CoordinationException failed =
                catchThrowableOfType(CoordinationException.class, () -> coordinator.beat(member));
        assertThat(failed).isNotNull();
        return failed.failure();
    }

    @Test
    void anEtcdThatIsDownIsUnreachableUntilItIsBack() throws Exception {
        Coordinator coordinator = fixture.open();
        coordinator.beat(me);
        ETCD.kill();

        assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.UNREACHABLE);
        assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.UNREACHABLE);

        ETCD.start();
        assertThat(coordinator.beat(me).names()).containsExactly("a");
    }

    @Test
    void anEtcdThatDoesNotAnswerTimesOutUntilItDoes() throws Exception {
        try (Coordinator coordinator = of(ETCD.url())) {
            coordinator.beat(me);
            ETCD.pause();
            try {
                assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.TIMED_OUT);
                assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.TIMED_OUT);
            } finally {
                ETCD.resume();
            }
            awaitBeat(coordinator);
        }
    }

    private void awaitBeat(Coordinator coordinator) throws CoordinationException {
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                assertThat(coordinator.beat(me).names()).containsExactly("a");
                return;
            } catch (CoordinationException e) {
                assertThat(e.failure()).isEqualTo(CoordinationFailure.TIMED_OUT);
            }
        }
        assertThat(coordinator.beat(me).names()).containsExactly("a");
    }

    @Test
    void whyNobodyAnswersIsSaid() {
        try (Coordinator coordinator = of("http://127.0.0.1:1")) {
            CoordinationException failed =
                    catchThrowableOfType(CoordinationException.class, () -> coordinator.beat(me));
            assertThat(failed).hasMessageContaining("127.0.0.1:1").hasMessageContaining("Connection refused");
        }
    }

    @Test
    void anotherNodeIsAskedWhenOneIsAway() throws Exception {
        try (Coordinator coordinator = of("http://127.0.0.1:1", ETCD.url())) {
            assertThat(coordinator.beat(me).names()).containsExactly("a");
            assertThat(coordinator.beat(me).names()).containsExactly("a");
        }
    }

    @Test
    void whoWatchesIsToldAlsoAfterEtcdWasAway() throws Exception {
        Coordinator one = fixture.open();
        Coordinator two = fixture.open();
        Semaphore hints = new Semaphore(0);
        one.watch(hints::release);
        one.beat(me);
        ETCD.kill();
        assertThat(failure(one, me)).isEqualTo(CoordinationFailure.UNREACHABLE);
        ETCD.start();
        one.beat(me);
        hints.drainPermits();

        two.beat(Member.starting("b", Set.of()));

        assertThat(hints.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anEtcdThatWasEmptiedIsJoinedAnewAndThatIsSeen() throws Exception {
        Coordinator coordinator = fixture.open();
        long before = coordinator.beat(me).of(me).orElseThrow().joined();
        fixture.empty();

        assertThat(coordinator.beat(me).of(me).orElseThrow().joined()).isNotEqualTo(before);
    }

    @Test
    void whatOthersWroteBelowThePrefixIsNoMember() throws Exception {
        fixture.administrator()
                .getKVClient()
                .put(EtcdConnection.bytes("/nephometer/members/%zz/1"), EtcdConnection.bytes("central"))
                .get();
        fixture.administrator()
                .getKVClient()
                .put(EtcdConnection.bytes("/nephometer/members/a"), EtcdConnection.bytes(""))
                .get();

        assertThat(fixture.open().beat(me).names()).containsExactly("a");
    }

    @Test
    void aMembershipEndsByItselfWhenNobodyBeats() throws Exception {
        try (Coordinator one = of(ETCD.url());
                Coordinator two = fixture.open()) {
            Semaphore hints = new Semaphore(0);
            one.beat(Member.starting("b", Set.of()));
            two.beat(me);
            two.watch(hints::release);

            assertThat(hints.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            assertThat(two.members().names()).containsExactly("a");
        }
    }

    @Test
    void aPrefixMayBeLongerInBytesThanInCharacters() throws Exception {
        EtcdOptions options = new EtcdOptions(List.of(URI.create(ETCD.url())), "/région/", null, TlsOptions.defaults());
        try (Coordinator one = new EtcdCoordinator(options, EtcdFixture.LEASE, Ticker.system())) {
            assertThat(one.beat(me).names()).containsExactly("a");
        }
    }
}
