// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Connection;
import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.testkit.NotificationPublisher;
import io.nephometer.testkit.Recordings;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code e2e/cloud} on a broker that carries recorded notifications. */
@Tag("server")
final class CloudRunTest {
    private static final int ROUND = 200;
    private static final int ROUNDS = 2;

    private final PrivateRabbitMq broker = new PrivateRabbitMq();
    private final StringWriter told = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        broker.start();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void whatTheBusCarriedIsInTheLedgerOnceAlthoughCollectorsAreKilled() throws Exception {
        declareExchanges();
        String before = listing();

        CloudRun.Result result = run(Duration.ZERO, publishing());

        assertThat(result.isClean()).as(told.toString()).isTrue();
        Map<String, Object> summary = result.comparison().summary();
        assertThat(summary)
                .containsEntry("carried", (long) ROUND * ROUNDS + 1)
                .containsEntry("events", (long) ROUND * ROUNDS)
                .containsEntry("recovered", 1L)
                .containsEntry("repeated", 1L)
                .containsEntry("missing", 0L);
        assertThat((Long) summary.get("samples")).isPositive();
        assertThat(result.killed()).isEqualTo(ROUNDS);
        assertThat(result.figures()).containsOnlyKeys("known_already", "received", "redelivered");
        assertThat(result.figures().get("received")).isPositive();
        assertThat(listing()).as("what is left on the broker").isEqualTo(before);
        assertThat(result.changes()).isEmpty();
    }

    @Test
    void whatTheCollectorsQueueDoesNotGetIsMissing() throws Exception {
        CloudRun.Result result = run(null, () -> {
            Traffic all = publishing().begin();
            String queue = broker.control("list_queues", "name")
                    .lines()
                    .filter(name -> name.matches("nephometer\\.cloud\\.[0-9a-f]+"))
                    .findFirst()
                    .orElseThrow();
            return limit -> {
                try (Connection vandal = broker.connection("vandal")) {
                    vandal.createChannel().queueUnbind(queue, "nova", "notifications.info");
                }
                return all.endsWithin(limit);
            };
        });

        assertThat(result.isClean()).isFalse();
        assertThat(result.comparison().missing()).isPositive();
    }

    @Test
    void aBrokerWithoutServicesIsRefused() {
        assertThatThrownBy(() -> new CloudRun(plan(null), new PrintWriter(told)).run(() -> limit -> true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none of these exchanges");
    }

    private CloudRun.Result run(@Nullable Duration killEvery, CloudRun.Beginning traffic) throws Exception {
        declareExchanges();
        return new CloudRun(plan(killEvery), new PrintWriter(told)).run(traffic);
    }

    private void declareExchanges() throws Exception {
        try (NotificationPublisher services = new NotificationPublisher(broker.connection("services"))) {
            for (String exchange : List.of("nova", "glance", "neutron", "openstack", "keystone", "swift")) {
                services.declareExchange(exchange);
            }
        }
    }

    /** Rounds of recorded notifications; with the last one, one of them again and one that is broken. */
    private CloudRun.Beginning publishing() {
        return () -> {
            List<String> lines;
            try (Stream<String> recorded = Recordings.notifications("exercise-1")) {
                lines = recorded.limit((long) ROUND * ROUNDS).toList();
            }
            Iterator<String> left = lines.iterator();
            NotificationPublisher services = new NotificationPublisher(broker.connection("services"));
            return limit -> {
                if (!left.hasNext()) {
                    services.close();
                    return true;
                }
                for (int i = 0; i < ROUND; i++) {
                    services.publishLine(left.next());
                }
                if (!left.hasNext()) {
                    services.publishLine(lines.getFirst());
                    services.publish(new RawMessage("nova", "notifications.info", Map.of(), Bytes.utf8("broken")));
                }
                services.flush();
                return false;
            };
        };
    }

    private CloudPlan plan(@Nullable Duration killEvery) {
        return new CloudPlan(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.nephometer.app.Main"),
                new ConnectionUrl(broker.url()),
                null,
                folder,
                List.of(),
                List.of("notifications", "versioned_notifications"),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                killEvery,
                List.of());
    }

    private String listing() {
        return broker.control("list_exchanges", "name", "type", "durable") + broker.control("list_queues", "name");
    }
}
