// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.inventory;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import io.nephometer.benchmarks.Spread;
import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.Edition;
import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.testkit.servers.PrivateRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code shared-cache-size}. Redis says itself how much memory it uses, and how many bytes it sent. */
@Command(
        name = "shared-cache-size",
        description =
                "Memory of a Redis that holds a cloud, before, with and while exchanging its instances; and what an agent reads.")
public final class SharedCacheSize extends MeasuringCommand {
    private static final double MB = 1e6;
    private static final Duration LEASE = Duration.ofMinutes(30);

    @Option(names = "--hosts", defaultValue = "500", description = "Hosts (${DEFAULT-VALUE}).")
    private int hosts;

    @Option(names = "--instances", defaultValue = "100", description = "Instances per host (${DEFAULT-VALUE}).")
    private int perHost;

    @Option(
            names = "--states",
            defaultValue = "16",
            description = "Earlier states that each instance had, of which what fits is kept (${DEFAULT-VALUE}).")
    private int states;

    @Option(names = "--page", defaultValue = "1000", description = "Instances per page of the fill (${DEFAULT-VALUE}).")
    private int page;

    @Option(
            names = "--reads",
            defaultValue = "300",
            description = "Reads of an agent, of each kind (${DEFAULT-VALUE}).")
    private int reads;

    @Override
    protected Figures measure() throws Exception {
        CachedCloud cloud = new CachedCloud(hosts, perHost, states);
        try (PrivateRedis redis = new PrivateRedis()) {
            redis.start();
            try (SharedCache cache = new RedisSharedCache(RedisOptions.of(redis.url(), "benchmark"))) {
                return measure(cloud, redis, cache);
            }
        }
    }

    private Figures measure(CachedCloud cloud, PrivateRedis redis, SharedCache cache) throws Exception {
        RefresherSeat seat = cache.takeSeat("benchmark", LEASE).orElseThrow();
        double empty = redis.usedMemory() / MB;
        double fill = fill(cloud, seat, 1);
        double show = show(seat);
        double one = redis.usedMemory() / MB;
        double refill = fill(cloud, seat, 2);
        double two = redis.usedMemory() / MB;
        double exchange = show(seat);
        say(
                "%d instances: %.1f MB empty, %.1f MB with them, %.1f MB before the exchange",
                cloud.instances(), empty, one, two);
        Figures figures = new Figures(name())
                .put("hosts", (long) hosts)
                .put("instances", (long) cloud.instances())
                .put("earlier_states", (long) states)
                .put("body_bytes", bodyBytes(cloud))
                .put("empty_mb", empty)
                .put("one_set_mb", one)
                .put("exchange_mb", two)
                .put("fill_s", fill)
                .put("refill_s", refill)
                .put("show_ms", show * 1e3)
                .put("exchange_ms", exchange * 1e3);
        reading(cloud, redis, cache, figures);
        return figures.ratio(one / 150, "bound of 150 MB with one set")
                .goal("MB with one set", one, 150, false)
                .goal("MB during an exchange", two, 260, false);
    }

    private double fill(CachedCloud cloud, RefresherSeat seat, int change) throws SharedCacheException {
        seat.stage();
        long taken = 0;
        for (int from = 0; from < cloud.instances(); from += page) {
            List<Entry> entries = cloud.page(from, page, change);
            long start = System.nanoTime();
            seat.fill(entries);
            taken += System.nanoTime() - start;
        }
        return taken / 1e9;
    }

    private static double show(RefresherSeat seat) throws SharedCacheException {
        long start = System.nanoTime();
        if (!seat.show("{}", 0)) {
            throw new IllegalStateException("somebody else changes this cache");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double bodyBytes(CachedCloud cloud) {
        return cloud.page(0, 1000, 1).stream()
                .mapToInt(entry -> entry.body().getBytes(StandardCharsets.UTF_8).length)
                .average()
                .orElse(0);
    }

    private void reading(CachedCloud cloud, PrivateRedis redis, SharedCache cache, Figures figures) throws Exception {
        String host = cloud.host(0);
        Edition known = cache.host(host, null).edition();
        read(redis, "unchanged", figures, () -> cache.host(host, known).entries() == null);
        read(redis, "changed", figures, () -> {
            var entries = cache.host(host, null).entries();
            return entries != null && entries.size() == perHost;
        });
        String id = cloud.page(0, 1, 1).getFirst().id();
        read(
                redis,
                "amendment",
                figures,
                () -> amend(cache, cache.instances(List.of(id)).get(id)));
    }

    private static boolean amend(SharedCache cache, @Nullable KnownInstance known) throws SharedCacheException {
        if (!(known instanceof KnownInstance.Held(Entry entry))) {
            return false;
        }
        Amendment change = new Amendment.Put(entry.id(), entry.revision(), entry.host(), entry.body());
        return cache.amend(List.of(change)).getFirst() == Amended.DONE;
    }

    /** A call that tells whether its answer was as it should be. */
    @FunctionalInterface
    private interface Call {
        boolean isGood() throws Exception;
    }

    private void read(PrivateRedis redis, String kind, Figures figures, Call call) throws Exception {
        List<Double> times = new ArrayList<>();
        long before = sent(redis);
        long between = sent(redis);
        for (int i = 0; i < reads; i++) {
            long start = System.nanoTime();
            if (!call.isGood()) {
                throw new IllegalStateException("not the answer that was expected: " + kind);
            }
            times.add((System.nanoTime() - start) / 1e6);
        }
        double bytes = (sent(redis) - between - (between - before)) / (double) reads;
        Spread spread = Spread.of(times);
        say("%s: %.2f ms, %.0f bytes from Redis", kind, spread.median(), bytes);
        figures.put(kind + "_ms", spread).put(kind + "_bytes", bytes);
    }

    private static long sent(PrivateRedis redis) {
        return redis.cli("INFO", "stats")
                .lines()
                .filter(line -> line.startsWith("total_net_output_bytes:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }
}
