// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nephometer.store.replica.LogPosition.Lsn;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

class PrimaryWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final ManualTicker ticker = new ManualTicker();

    /** A primary whose first answer comes late. */
    private static final class SlowAtFirst implements ReplicaProbe {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch answers = new CountDownLatch(1);
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public ServerLook look() throws SQLException {
            int number = looks.incrementAndGet();
            if (number == 1) {
                asked.countDown();
                try {
                    answers.await();
                } catch (InterruptedException e) {
                    throw new SQLException(e);
                }
            }
            return new ServerLook("primary", "cluster", "1", false, new Lsn(100L * number), NOON, null, List.of());
        }

        @Override
        public List<Instant> beats() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    /** A primary to which it takes a while to connect. */
    private final class FarAway implements ReplicaProbe {
        @Override
        public void connect() {
            ticker.advance(Duration.ofSeconds(3));
        }

        @Override
        public ServerLook look() {
            return new ServerLook("primary", "cluster", "1", false, new Lsn(100), NOON, null, List.of());
        }

        @Override
        public List<Instant> beats() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    @Test
    void whatAConnectionTakes_isNoAgeOfTheAnswer() {
        try (PrimaryWatch watch = new PrimaryWatch("primary", new FarAway(), ticker)) {
            watch.ask();
            assertThat(watch.askedSince(ticker.nanos())).contains(new Lsn(100));
        }
    }

    @Test
    @Timeout(60)
    void whoNeedsAFreshAnswer_waitsForTheOneUnderWay_andAsksAgain() throws Exception {
        SlowAtFirst primary = new SlowAtFirst();
        try (PrimaryWatch watch = new PrimaryWatch("primary", primary, ticker)) {
            Thread probing = Thread.ofVirtual().start(watch::ask);
            primary.asked.await();
            watch.ask(); // would not return if it waited
            assertThat(primary.looks).hasValue(1);

            ticker.advance(Duration.ofSeconds(1));
            long since = ticker.nanos();
            Thread reader = Thread.ofVirtual().start(watch::askAfresh);
            primary.answers.countDown();
            reader.join();
            probing.join();
            assertThat(watch.askedSince(since)).contains(new Lsn(200));
        }
    }

    /** What the log has of it. */
    private static List<String> logged(Runnable happening) {
        Logger log = (Logger) LoggerFactory.getLogger(PrimaryWatch.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            happening.run();
        } finally {
            log.detachAppender(lines);
        }
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getThrowableProxy().getMessage())
                .toList();
    }

    @Test
    void aDefect_isLoggedOnce_untilAnotherKindOfItOrNoneIsSeen() {
        FakeServer primary = new FakeServer("primary", false, ticker);
        try (PrimaryWatch watch =
                new PrimaryWatch("primary", primary.part().probe().get(), ticker)) {
            List<RuntimeException> seen = Arrays.asList(
                    new IllegalStateException("one"),
                    new IllegalStateException("two"),
                    new IllegalArgumentException("another"),
                    null,
                    new IllegalArgumentException("again"));
            List<String> logged = logged(() -> seen.forEach(defect -> {
                primary.defect = defect;
                watch.ask();
                assertThat(watch.trouble().isPresent()).isEqualTo(defect != null);
            }));
            assertThat(logged).containsExactly("ERROR one", "ERROR another", "ERROR again");
        }
    }
}
