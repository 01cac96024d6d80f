// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.HostView;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.BodyException;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.inventory.shared.refresh.GlobalRefresher;
import io.nephometer.inventory.shared.refresh.Heartbeat;
import io.nephometer.inventory.shared.refresh.RefresherOptions;
import io.nephometer.inventory.shared.refresh.Turn;
import io.nephometer.model.RawMessage;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.runtime.Ticker;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.notifications.NotificationFormat;
import io.nephometer.store.ledger.CommitStep;
import io.nephometer.testkit.NotificationPublisher;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import io.nephometer.testkit.servers.PrivateRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A collector in a process of its own tells a real Redis what a real broker brings it. Nova is asked once, at the beginning: whatever
 * the cache knows later, notifications told it.
 */
@Tag("server")
class FeedingCollectorTest {
    private final PrivateRabbitMq broker = Servers.rabbit();
    private final PrivateRedis redis = new PrivateRedis();
    private final SimulatedClock clock =
            new SimulatedClock(Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS));
    private final SimulatedCloud cloud =
            new SimulatedCloud(SimulatedCloudOptions.of(clock, 3, 10).withRates(LifeRates.lively()));
    private final List<RawMessage> said = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    @TempDir
    private Path folder = Path.of("");

    private CollectorSetup setup = CollectorSetup.of(folder, "", "");
    private RedisSharedCache cache = new RedisSharedCache(RedisOptions.of(redis.url(), RefresherLoop.SPACE));

    @BeforeEach
    void fill() throws Exception {
        redis.start();
        cloud.start();
        cache.close();
        cache = new RedisSharedCache(RedisOptions.of(redis.url(), RefresherLoop.SPACE));
        cloud.notifications().listen(published -> {
            said.add(published.message());
            ids.add(published.id());
        });
        setup = CollectorSetup.of(folder, broker.url(), "sqlite:" + folder.resolve("ledger.db"))
                .withQueue("feeding-" + System.identityHashCode(folder))
                .withBatch(20, 2)
                .feeding(redis.url());
        refresh();
        assertThat(known()).isEqualTo(truth()).isNotEmpty();
    }

    @AfterEach
    void end() throws Exception {
        try (Bus bus = new Bus(broker)) {
            bus.delete(setup.queue());
            bus.delete(setup.queue() + "-elsewhere");
        }
        cache.close();
        redis.close();
        cloud.close();
    }

    /** Nova is asked, whatever is due. */
    private void refresh() throws Exception {
        try (OpenStackCloud client = OpenStackCloud.of(
                        RefresherLoop.access(cloud.authUrl()),
                        ApiSettings.defaults(),
                        ApiTime.system(new Random(1)),
                        ApiObserver.NONE);
                GlobalRefresher refresher = new GlobalRefresher(
                        "test",
                        cache,
                        client.nova(),
                        client.glance(),
                        RefresherOptions.DEFAULTS,
                        Ticker.system(),
                        Heartbeat.threaded())) {
            assertThat(refresher.run().state()).isEqualTo(Turn.State.REFRESHED);
        }
    }

    /** The cloud lives for a while; returns when the broker has what it said of it. */
    private void live(Bus bus, Duration time) throws Exception {
        cloud.advance(time);
        bus.publish(List.copyOf(said));
        said.clear();
    }

    private static String text(
            String host, String name, String flavor, String state, String task, Map<String, String> metadata) {
        return String.join(" ", host, name, flavor, state, task) + new TreeMap<>(metadata);
    }

    private Map<String, String> truth() {
        Map<String, String> truth = new TreeMap<>();
        for (Server server : cloud.cloud().servers()) {
            Host host = server.host();
            if (host != null) {
                String task = String.valueOf(server.task());
                String flavor = server.flavor().id();
                String state = server.vmState().text();
                truth.put(server.id(), text(host.name(), server.name(), flavor, state, task, server.metadata()));
            }
        }
        return truth;
    }

    private Map<String, String> known() throws SharedCacheException, BodyException {
        Map<String, String> known = new TreeMap<>();
        for (Host host : cloud.cloud().hosts()) {
            HostView view = cache.host(host.name(), null);
            for (Entry entry : Objects.requireNonNullElse(view.entries(), Map.<String, Entry>of())
                    .values()) {
                var server = InstanceBody.read(entry.body()).server();
                String flavor = server.flavor() == null
                        ? String.valueOf(server.flavorId())
                        : String.valueOf(server.flavor().id());
                known.put(
                        entry.id(),
                        text(
                                host.name(),
                                String.valueOf(server.name()),
                                flavor,
                                String.valueOf(server.vmState()),
                                String.valueOf(server.taskState()),
                                server.metadata()));
            }
        }
        return known;
    }

    private Head head() throws SharedCacheException {
        return cache.head();
    }

    private CollectorProcess collector() throws Exception {
        CollectorProcess collector = CollectorProcess.start(setup).awaitConnected();
        collector.awaitLedger();
        return collector;
    }

    private void assertLedgerIsComplete() {
        assertThat(LedgerContent.read(setup.store()).events()).hasSize(ids.size());
    }

    @ParameterizedTest
    @EnumSource
    void whateverHappensIsInTheCacheThoughNovaIsNotAsked(NotificationFormat format) throws Exception {
        cloud.notifications().speak(format);
        Map<String, String> before = truth();
        try (Bus bus = new Bus(broker);
                CollectorProcess collector = collector()) {
            live(bus, Duration.ofMinutes(30));
            bus.awaitEmpty(setup, collector);
            assertThat(known()).isEqualTo(truth()).isNotEqualTo(before);
            assertThat(collector.metric("nephometer_cache_feed_events_total")).isPositive();
        }
        assertLedgerIsComplete();
    }

    @Test
    void aCollectorThatIsKilledSkipsNothing() throws Exception {
        cloud.notifications().speak(NotificationFormat.BOTH);
        List<HaltPoint> points = List.of(
                HaltPoint.before(CommitStep.BEGIN, 1),
                HaltPoint.before(CommitStep.COMMIT, 2),
                HaltPoint.after(CommitStep.COMMIT, 1),
                HaltPoint.beforeAcknowledgement(2));
        collector().close(); // the queue is there before anything is said
        try (Bus bus = new Bus(broker)) {
            for (HaltPoint point : points) {
                live(bus, Duration.ofMinutes(20));
                try (CollectorProcess collector = CollectorProcess.start(setup, point)) {
                    collector.awaitHalted().kill();
                }
            }
            try (CollectorProcess collector = collector()) {
                bus.drain(setup, collector);
            }
        }
        assertThat(known()).isEqualTo(truth());
        assertLedgerIsComplete();
    }

    @Test
    void withoutRedisCommitsGoOn_andWhenItIsBackARefreshIsAskedFor() throws Exception {
        try (CutConnection line = new CutConnection(redis.port());
                Bus bus = new Bus(broker)) {
            setup = setup.feeding("redis://127.0.0.1:" + line.port());
            try (CollectorProcess collector = collector()) {
                line.cut();
                live(bus, Duration.ofMinutes(20));
                bus.awaitEmpty(setup, collector);
                assertThat(known()).isNotEqualTo(truth());
                assertThat(head().wanted()).isNull();

                line.mend();
                Await.until("a refresh is wanted", collector::log, () -> {
                    live(bus, Duration.ofSeconds(30));
                    return head().wanted() != null;
                });
                bus.awaitEmpty(setup, collector);
                assertThat(head().wanted()).contains("notifications could not be told");
            }
        }
        assertLedgerIsComplete();
    }

    @Test
    void whatComesFromAnotherRegionIsNotTold() throws Exception {
        Server server = cloud.cloud().servers().stream()
                .filter(Server::isIdle)
                .findFirst()
                .orElseThrow();
        try (NotificationPublisher elsewhere = new NotificationPublisher(broker.connection("elsewhere"));
                Bus bus = new Bus(broker)) {
            elsewhere.declareExchange(CollectorSetup.ELSEWHERE);
            try (CollectorProcess collector = collector()) {
                Map<String, String> before = known();
                cloud.operations().rename(server.id(), "renamed");
                cloud.step();
                for (RawMessage message : said) {
                    elsewhere.publish(new RawMessage(
                            CollectorSetup.ELSEWHERE, message.routingKey(), message.properties(), message.body()));
                }
                elsewhere.flush();
                Await.until(
                        "it is in the ledger",
                        collector::log,
                        () -> LedgerContent.read(setup.store()).events().size() == ids.size());
                assertThat(known()).isEqualTo(before);

                bus.publish(List.copyOf(said));
                bus.awaitEmpty(setup, collector);
                assertThat(known()).as("the same, of our own region").isEqualTo(truth());
            }
        }
    }
}
