// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.inventory;

import io.nephometer.app.central.RefresherTurns;
import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import io.nephometer.benchmarks.TemporaryFolder;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.inventory.shared.refresh.GlobalRefresher;
import io.nephometer.inventory.shared.refresh.Heartbeat;
import io.nephometer.inventory.shared.refresh.RefresherOptions;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.Ticker;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.testkit.NotificationPublisher;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import io.nephometer.testkit.servers.PrivateRedis;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code feed-latency}. Nova is asked to fill the cache, each ten minutes, and if the feed asks for it: what is told in time, a notification told. */
@Command(
        name = "feed-latency",
        description =
                "Time from a change in the cloud until the shared cache has it, by way of a notification: real RabbitMQ,"
                        + " collector, real Redis.")
public final class FeedLatency extends MeasuringCommand {
    private static final double MOST_MS = 5_000;
    private static final long LEFT_S = 60;

    /** Changes before the first that counts: both programs are new. */
    private static final int WARMING = 200;

    private static final Duration WITH_FEED = Duration.ofMinutes(10);

    @Option(names = "--hosts", defaultValue = "20", description = "Hosts (${DEFAULT-VALUE}).")
    private int hosts;

    @Option(names = "--instances", defaultValue = "50", description = "Instances per host (${DEFAULT-VALUE}).")
    private int perHost;

    @Option(names = "--changes", defaultValue = "2000", description = "Changes (${DEFAULT-VALUE}).")
    private int changes;

    @Option(names = "--rate", defaultValue = "50", description = "Changes per second (${DEFAULT-VALUE}).")
    private int rate;

    @Override
    protected Figures measure() throws Exception {
        try (PrivateRabbitMq broker = new PrivateRabbitMq();
                PrivateRedis redis = new PrivateRedis();
                TemporaryFolder folder = TemporaryFolder.create();
                SimulatedCloud cloud = new SimulatedCloud(SimulatedCloudOptions.of(Clock.systemUTC(), hosts, perHost)
                        .withRates(LifeRates.none()))) {
            broker.start();
            redis.start();
            cloud.start();
            try (RedisSharedCache cache = new RedisSharedCache(RedisOptions.of(redis.url(), FeedingCollector.SPACE));
                    NotificationPublisher services = new NotificationPublisher(broker.connection("services"))) {
                services.declareExchange("nova");
                return refreshed(cloud, cache, () -> {
                    FeedingCollector setup = new FeedingCollector(broker, redis.url(), folder);
                    Lifecycle collector = setup.start();
                    try {
                        setup.awaitConsumer();
                        return measure(cloud, cache, services);
                    } finally {
                        collector.close();
                    }
                });
            }
        }
    }

    /** With a refresher, which fills the cache, and comes when the feed asks for it. */
    private static Figures refreshed(SimulatedCloud cloud, SharedCache cache, Callable<Figures> work) throws Exception {
        try (OpenStackCloud client = OpenStackCloud.of(
                AgentRun.access(cloud), ApiSettings.defaults(), ApiTime.system(new Random(1)), ApiObserver.NONE)) {
            GlobalRefresher refresher = new GlobalRefresher(
                    "benchmark",
                    cache,
                    client.nova(),
                    client.glance(),
                    RefresherOptions.DEFAULTS.withInterval(WITH_FEED),
                    Ticker.system(),
                    Heartbeat.threaded());
            String state = refresher.run().detail();
            if (!cache.head().isFilled()) {
                throw new IllegalStateException("the cache could not be filled: " + state);
            }
            RefresherTurns turns = new RefresherTurns(refresher);
            turns.start();
            try {
                return work.call();
            } finally {
                turns.close();
            }
        }
    }

    private Figures measure(SimulatedCloud cloud, SharedCache cache, NotificationPublisher services) throws Exception {
        List<String> names =
                cloud.cloud().hosts().stream().map(host -> host.name()).toList();
        try (Visibility visibility = new Visibility(cache, names)) {
            cloud.notifications().listen(said -> Visibility.unchecked(() -> services.publish(said.message())));
            change(cloud, visibility, WARMING);
            visibility.await(TimeUnit.SECONDS.toNanos(LEFT_S));
            visibility.begin();
            change(cloud, visibility, changes);
            services.flush();
            visibility.await(TimeUnit.SECONDS.toNanos(LEFT_S));
            say(
                    "%d changes: visible after %.0f ms (p50), %.0f ms (p99), %.0f ms (the last); %d never",
                    changes,
                    visibility.quantile(0.5),
                    visibility.quantile(0.99),
                    visibility.quantile(1),
                    visibility.missing());
            return figures(visibility);
        }
    }

    /** In turn: each other instance is renamed, the others get metadata. */
    private void change(SimulatedCloud cloud, Visibility visibility, int times) {
        List<Server> servers = List.copyOf(cloud.cloud().servers());
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
            while (System.nanoTime() - due < 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            String id = servers.get(i % servers.size()).id();
            String text = "change-" + i + "-of-" + times;
            visibility.expect(id, text);
            if (i % 2 == 0) {
                cloud.operations().rename(id, text);
            } else {
                cloud.operations().setMetadata(id, "metering.change", text);
            }
            cloud.step();
        }
    }

    private Figures figures(Visibility visibility) {
        Figures figures = new Figures(name())
                .put("instances", (long) hosts * perHost)
                .put("changes", (long) changes)
                .put("changes_per_s", (long) rate)
                .put("p50_ms", visibility.quantile(0.5))
                .put("p99_ms", visibility.quantile(0.99))
                .put("max_ms", visibility.quantile(1))
                .put("never_visible", (long) visibility.missing())
                .ratio(visibility.quantile(1) / MOST_MS, "5 s")
                .goal("ms until the last change is visible", visibility.quantile(1), MOST_MS, false);
        return visibility.missing() == 0 ? figures : figures.failed();
    }
}
