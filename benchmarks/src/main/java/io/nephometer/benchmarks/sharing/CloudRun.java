// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.HostInventory;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.runtime.Ticker;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cloud that lives for some minutes, its agents, and what they ask. Time is simulated, second by second; the requests are real. */
final class CloudRun implements AutoCloseable {
    /** Not at a full hour, at which Nova tells the usage of every instance. */
    private static final Instant START = Instant.parse("2026-11-22T12:05:00Z");

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MINUTE = 60;

    private final Plan plan;
    private final SimulatedClock clock = new SimulatedClock(START);
    private final SimulatedCloud cloud;
    private final InProcessSharedCache cache = new InProcessSharedCache(clock);
    private final SimulatedAgents sessions;
    private final List<HostInventory> agents = new ArrayList<>();
    private final List<Asker> askers = new ArrayList<>();
    private final Asker refresher = new Asker(null, true);
    private final List<String> hosts;
    private final Truth truth = new Truth();
    private final Samples samples;
    private final Minutes minutes = new Minutes();
    private final Refreshing refreshing;
    private final @Nullable Feeding feeding;
    private long failed;

    private CloudRun(Mode mode, Plan plan) throws Exception {
        this.plan = plan;
        cloud = new SimulatedCloud(SimulatedCloudOptions.of(clock, plan.hosts(), plan.instances())
                .withRates(LifeRates.usual(plan.changesPerServerHour())));
        cloud.start();
        Ticker ticker = () -> Duration.between(START, clock.instant()).toNanos();
        sessions = new SimulatedAgents(cloud, clock, ticker);
        hosts = cloud.cloud().hosts().stream().map(Host::name).toList();
        hosts.forEach(host -> agents.add(sessions.agent(mode, host, cache)));
        hosts.forEach(host -> askers.add(mode.isShared() ? refresher : new Asker(host, mode != Mode.NO_CACHE)));
        samples = new Samples(truth, plan.allowed());
        refreshing = Refreshing.of(mode, cache, sessions, ticker);
        feeding = mode == Mode.GLOBAL_FED
                ? new Feeding(cache, truth, new EventFeed(cache, cloud.notifications(), clock, ticker))
                : null;
    }

    static Outcome of(Mode mode, Plan plan) throws Exception {
        long began = System.nanoTime();
        try (CloudRun run = new CloudRun(mode, plan)) {
            run.live();
            return new Outcome(
                    mode, plan, run.minutes, run.samples, run.feeding, run.failed, (System.nanoTime() - began) / 1e9);
        }
    }

    private void live() throws Exception {
        truth.look(cloud.cloud(), clock.instant());
        for (int second = 1; second <= plan.minutes() * MINUTE; second++) {
            cloud.advance(SECOND);
            Set<String> changed = truth.look(cloud.cloud(), clock.instant());
            if (feeding != null) {
                feeding.look(changed, clock.instant());
            }
            noting(refresher, refreshing::tick);
            measure(second);
            if (second % MINUTE == 0) {
                minutes.end(cloud.requests());
            }
        }
        if (feeding != null) {
            feeding.end(clock.instant());
        }
    }

    /** Lets those agents have their cycle whose moment this is: they are spread evenly over the interval. */
    private void measure(int second) {
        long interval = plan.interval().toSeconds();
        for (int agent = 0; agent < hosts.size(); agent++) {
            if ((long) agent * interval / hosts.size() == (second - 1) % interval) {
                cycle(hosts.get(agent), agents.get(agent), askers.get(agent));
            }
        }
    }

    /** Time stands still meanwhile. */
    private void noting(Asker asker, Runnable asking) {
        long before = cloud.requests().total();
        asking.run();
        if (cloud.requests().total() > before) {
            asker.asked(clock.instant());
        }
    }

    private void cycle(String host, HostInventory agent, Asker asker) {
        Set<String> running = new HashSet<>();
        for (Server server : cloud.cloud().guestsOf(host)) {
            if (server.guest() != null && server.guest().running() != null) {
                running.add(server.id());
            }
        }
        noting(
                asker,
                () -> failed +=
                        agent.refresh(new Sighting(running, false)).outcome().isFailure() ? 1 : 0);
        samples.take(host, agent, running, asker, clock.instant());
    }

    @Override
    public void close() {
        refreshing.close();
        sessions.close();
        cloud.close();
    }
}
