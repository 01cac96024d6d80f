// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import io.nephometer.e2e.cloud.process.ProductProcess;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.model.Slot;
import io.nephometer.runtime.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Agents that measure a cloud, one of which is killed, while things are made in it. For one thread. */
final class CentralRun implements AutoCloseable {
    private static final String REQUESTS = "nephometer_api_requests_seconds_count";
    private static final String SERVICE = ".*service=\"([^\"]*)\".*";

    private final CentralPlan plan;
    private final PrintWriter told;
    private final InstantSource clock = WallClock.system();
    private final List<ProductProcess> agents = new ArrayList<>();
    private final List<Facts> facts = new ArrayList<>();
    private final Map<String, Long> requests = new TreeMap<>();

    /** @param told what is going on */
    CentralRun(CentralPlan plan, PrintWriter told) {
        this.plan = plan;
        this.told = told;
    }

    /**
     * What was seen.
     *
     * @param from the beginning of the first slot
     * @param facts what the APIs said, in time
     * @param takeOver what became of the units of the agent that was killed
     * @param requests of all agents together, by service; of the one that was killed those until then
     */
    record Seen(Instant from, List<Facts> facts, TakeOver takeOver, Map<String, Long> requests) {}

    /** Returns after the last slot; what is committed late may still be missing then. */
    Seen run(RestCloud cloud) throws IOException, InterruptedException {
        FactFinder finder = new FactFinder(cloud);
        try (Things things = new Things(cloud, told)) {
            things.make(plan.made());
            start();
            facts.add(finder.find());
            Instant from = Slot.at(CentralPlan.SOURCE, plan.interval(), clock.instant())
                    .end();
            told.println("measuring begins at " + from + "; the APIs list "
                    + facts.getFirst().resources());
            countRequests(-1);
            TakeOver takeOver = kill(beginning(from, plan.killedIn()));
            sleepUntil(beginning(from, plan.changedIn()));
            facts.add(finder.find());
            things.make(plan.made() == 0 ? 0 : 1);
            facts.add(finder.find());
            sleepUntil(beginning(from, plan.slots()));
            facts.add(finder.find());
            countRequests(1);
            return new Seen(from, facts, takeOver, requests);
        }
    }

    private Instant beginning(Instant from, int slot) {
        return from.plus(plan.interval().multipliedBy(slot));
    }

    private void start() throws IOException, InterruptedException {
        Path polling = Files.writeString(plan.setup().folder().resolve("polling.yaml"), """
                sources:
                  - name: %s
                    interval: %d
                    meters: ["image.size", "volume.*", "ip.floating", "storage.*"]
                """.formatted(
                        CentralPlan.SOURCE, plan.interval().toSeconds()));
        for (int number = 1; number <= plan.agents(); number++) {
            String name = "central-" + number;
            agents.add(plan.setup().start(name, config(name, polling)));
            if (number == 1) {
                agents.getFirst().awaitUp("central polling"); // makes the tables
            }
        }
        for (ProductProcess agent : agents) {
            agent.awaitUp("central polling");
        }
        told.println("agents: " + agents.size());
    }

    private String config(String name, Path polling) {
        return plan.setup().openstack()
                + """
                roles: [central]
                store: {url: %s}
                central:
                  name: %s
                  lease: %ds
                  polling: %s
                  spool: %s
                """.formatted(
                                ProductProcess.text(plan.setup().store()),
                                name,
                                plan.lease().toSeconds(),
                                ProductProcess.text(polling),
                                ProductProcess.text(plan.setup().folder().resolve("spool-" + name)));
    }

    /** Kills the one that owns most. */
    private TakeOver kill(Instant slot) throws IOException, InterruptedException {
        sleepUntil(slot.plus(CentralPlan.KILL_AFTER));
        TakeOver takeOver = TakeOver.ofBusiest(plan.setup().store(), clock);
        ProductProcess victim = agents.stream()
                .filter(agent -> agent.name().equals(takeOver.killed()))
                .findFirst()
                .orElseThrow(
                        () -> new IOException(takeOver.killed() + " owns units of work and is none of our agents"));
        count(victim, 1);
        agents.remove(victim);
        victim.kill();
        TakeOver dated = takeOver.at(clock.instant());
        told.println(
                "killed " + dated.killed() + ", which owned " + dated.units().size() + " units, at " + dated.at());
        victim.close();
        return dated.awaited(plan.setup().store(), plan.lease().multipliedBy(2).plus(CentralPlan.LEFT));
    }

    private void countRequests(int sign) throws IOException, InterruptedException {
        for (ProductProcess agent : agents) {
            count(agent, sign);
        }
    }

    private void count(ProductProcess agent, int sign) throws IOException, InterruptedException {
        agent.metric(REQUESTS)
                .forEach((labels, value) ->
                        requests.merge(labels.replaceFirst(SERVICE, "$1"), sign * value.longValue(), Long::sum));
    }

    private void sleepUntil(Instant time) throws InterruptedException {
        Duration left = Duration.between(clock.instant(), time);
        if (left.isPositive()) {
            TimeUnit.NANOSECONDS.sleep(left.toNanos());
        }
    }

    @Override
    public void close() {
        agents.forEach(ProductProcess::close);
    }
}
