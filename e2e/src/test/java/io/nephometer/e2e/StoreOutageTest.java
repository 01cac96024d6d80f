// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.testkit.servers.PrivatePostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store goes away, or takes nothing any more, while messages come in. */
@Tag("server")
class StoreOutageTest {
    private static final Duration OUTAGE = Duration.ofSeconds(10);

    /** Twice what is promised on a machine that does nothing else. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);

    /**
     * What a collector may log about an outage of any length: one record when it stops, one when it goes on, and a few of the
     * connection pool. Probes come each 0.2 to 2 seconds; a record for each would be more.
     */
    private static final int FEW_LINES = 8;

    @TempDir
    private Path folder;

    @Test
    void whileTheStoreIsAwayConsumingStopsAndThenGoesOn() throws Exception {
        PrivatePostgres postgres = Servers.postgres();
        Manifest manifest = Manifest.mixed(11, 1_200);
        CollectorSetup setup = setup(postgres.url(Servers.newDatabase()), "outage");
        try (Bus bus = new Bus(Servers.rabbit());
                CollectorProcess collector = CollectorProcess.start(setup)) {
            collector.awaitConnected();
            bus.publish(manifest.messages().subList(0, 400));
            awaitSettled(collector, 100);

            postgres.stop();
            bus.publish(manifest.messages().subList(400, 800));
            awaitHeldByNobody(bus, collector, setup);
            bus.publish(manifest.messages().subList(800, 1_200));
            long before = lines(collector);
            assertThat(collector.survives(OUTAGE)).isTrue();
            assertThat(bus.waiting(setup.queue())).isGreaterThanOrEqualTo(400);
            assertThat(collector.metric("nephometer_rabbitmq_unsettled")).isZero();
            assertThat(lines(collector) - before)
                    .as("log lines in %s:%n%s", OUTAGE, collector.log())
                    .isLessThan(FEW_LINES);

            postgres.start();
            long start = System.nanoTime();
            Await.until("consuming again", BACK_WITHIN, collector::log, () -> collector
                    .log()
                    .contains("Store takes batches"));
            System.out.println("Store back: consuming again after "
                    + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
            bus.drain(setup, collector);
            bus.delete(setup.queue());
        }
        Promises.assertKept(setup, manifest, folder);
    }

    @Test
    void aStoreThatRefusesToWriteDrainsNothingIntoRecovery() throws Exception {
        PrivatePostgres postgres = Servers.postgres();
        String database = Servers.newDatabase();
        String role = "role_" + database;
        postgres.sql(database, "CREATE ROLE " + role + " LOGIN PASSWORD 'private'");
        postgres.sql(database, "GRANT ALL ON SCHEMA public TO " + role);
        Manifest manifest = Manifest.plain(12, 600);
        CollectorSetup setup = setup(
                postgres.url(database)
                        .replace(PrivatePostgres.USER + ":" + PrivatePostgres.PASSWORD, role + ":private"),
                "revoked");
        try (Bus bus = new Bus(Servers.rabbit());
                CollectorProcess collector = CollectorProcess.start(setup)) {
            collector.awaitConnected();
            bus.publish(manifest.messages().subList(0, 200));
            awaitSettled(collector, 200);

            postgres.sql(database, "REVOKE INSERT ON events, samples FROM " + role);
            bus.publish(manifest.messages().subList(200, 600));
            collector.awaitLog("Store unavailable");
            long before = lines(collector);
            assertThat(collector.survives(OUTAGE)).isTrue();
            assertThat(lines(collector) - before)
                    .as("log lines in %s:%n%s", OUTAGE, collector.log())
                    .isLessThan(FEW_LINES);
            assertThat(Servers.count(database, "SELECT count(*) FROM recovery")).isZero();
            assertThat(Servers.count(database, "SELECT count(*) FROM intake")).isEqualTo(200);

            postgres.sql(database, "GRANT INSERT ON events, samples TO " + role);
            bus.drain(setup, collector);
            bus.delete(setup.queue());
        }
        assertThat(Promises.assertKept(setup, manifest, folder).recovery()).isEmpty();
    }

    private CollectorSetup setup(String store, String queue) {
        return CollectorSetup.of(folder, Servers.rabbit().url(), store).withQueue(queue);
    }

    private static void awaitSettled(CollectorProcess collector, int messages) {
        Await.until(
                messages + " messages settled",
                collector::log,
                () -> collector.metric("nephometer_messages_total") >= messages);
    }

    private static void awaitHeldByNobody(Bus bus, CollectorProcess collector, CollectorSetup setup) {
        collector.awaitLog("Store unavailable");
        Await.until(
                "all messages wait on the broker",
                collector::log,
                () -> collector.metric("nephometer_rabbitmq_unsettled") == 0 && bus.waiting(setup.queue()) > 0);
    }

    private static long lines(CollectorProcess collector) {
        try (Stream<String> lines = collector.log().lines()) {
            return lines.count();
        }
    }
}
