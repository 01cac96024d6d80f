// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.CoordinationFailure;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** A database that hangs as no setting of a driver would prevent. */
final class SqlLaneTest {
    private static final Duration LEASE = Duration.ofSeconds(6);

    private final Member me = Member.starting("a", Set.of("central"));
    private final SQLiteDataSource real = new SQLiteDataSource();
    private final AtomicBoolean hangs = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    @TempDir
    private Path folder;

    /** Gives connections of the real one, or nothing and does not even heed an interrupt. */
    private DataSource hanging() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    if (hangs.get()) {
                        awaitUninterruptibly();
                    }
                    return real.getConnection();
                });
    }

    private void awaitUninterruptibly() {
        while (true) {
            try {
                released.await();
                over.countDown();
                return;
            } catch (InterruptedException _) {
                // as native code does
            }
        }
    }

    private static CoordinationFailure failure(Coordinator coordinator, Member member) {
        CoordinationException failed =
                catchThrowableOfType(CoordinationException.class, () -> coordinator.beat(member));
        assertThat(failed).isNotNull();
        return failed.failure();
    }

    @Test
    void aDatabaseThatHangsFailsEachBeatInTimeAndGathersNoThreads() throws Exception {
        real.setUrl("jdbc:sqlite:" + folder.resolve("members.db"));
        try (SqlFixture _ = new SqlFixture(real, SqlEngine.SQLITE);
                Coordinator coordinator = new SqlCoordinator(hanging(), SqlEngine.SQLITE, LEASE)) {
            coordinator.beat(me);
            int before = asked.get();
            hangs.set(true);

            for (int i = 0; i < 3; i++) {
                assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.TIMED_OUT);
            }
            assertThat(asked.get()).isEqualTo(before + 1);

            hangs.set(false);
            released.countDown();
            over.await();
            awaitBeat(coordinator);
        }
    }

    /** The thread that hung may need a moment to end. */
    private void awaitBeat(Coordinator coordinator) throws InterruptedException {
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                assertThat(coordinator.beat(me).names()).containsExactly("a");
                return;
            } catch (CoordinationException e) {
                assertThat(e.failure()).isEqualTo(CoordinationFailure.TIMED_OUT);
            }
        }
        throw new AssertionError("still hangs");
    }

    /** A pool that has none to give says why only in its cause. */
    @Test
    void whyThereIsNoConnection_isToldInTheWordsOfTheDatabase() {
        SQLException denied = new SQLException("Access denied for user 'me'@'here'", "28000", 1045);
        DataSource pool = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new SQLTransientConnectionException("pool - Connection is not available", "28000", denied);
                });
        try (Coordinator coordinator = new SqlCoordinator(pool, SqlEngine.SQLITE, LEASE)) {
            CoordinationException failed =
                    catchThrowableOfType(CoordinationException.class, () -> coordinator.beat(me));
            assertThat(failed).hasMessageEndingWith(": 28000 Access denied for user 'me'@'here'");
            assertThat(failed.failure()).isEqualTo(CoordinationFailure.UNREACHABLE);
        }
    }

    @Test
    void aClosedOneSaysSo() throws Exception {
        real.setUrl("jdbc:sqlite:" + folder.resolve("members.db"));
        try (SqlFixture fixture = new SqlFixture(real, SqlEngine.SQLITE)) {
            Coordinator coordinator = fixture.open();
            coordinator.close();
            coordinator.close();

            assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.CLOSED);
        }
    }
}
