// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import io.nephometer.e2e.cloud.RunQueue;
import io.nephometer.e2e.cloud.process.ProductProcess;
import io.nephometer.e2e.cloud.process.RunLedger;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.model.Slot;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An agent and a collector with a queue of their own, and the hypervisor asked beside them. For one thread. */
final class ComputeRun implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration BEFORE_A_SLOT = Duration.ofSeconds(1);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final String REQUESTS = "nephometer_api_requests_seconds_count";

    private final ComputePlan plan;
    private final PrintWriter told;
    private final RunQueue queue;
    private final InstantSource clock = WallClock.system();

    /** @param told what is going on */
    ComputeRun(ComputePlan plan, PrintWriter told) throws IOException {
        this.plan = plan;
        this.told = told;
        this.queue = new RunQueue(plan.amqp(), told);
    }

    /**
     * What was seen.
     *
     * @param from the beginning of the first slot
     * @param before what Nova said before
     * @param after what it said after
     * @param statistics what the hypervisor said before each slot, and after the last
     * @param requests of the agent, from its start on, by its labels
     * @param logged requests in nova-api's log in the same time, by what they were for; empty without a log
     */
    record Seen(
            Instant from,
            Instances before,
            Instances after,
            List<DomainStatistics> statistics,
            Map<String, Long> requests,
            Map<String, Long> logged) {}

    Seen run(RestCloud cloud) throws IOException, InterruptedException {
        queue.broker().makeExchange(queue.name());
        Instances before = Instances.read(cloud, plan.host());
        told.println("Nova has " + before.facts().size() + " active instances on " + plan.host());
        try (ProductProcess collector = plan.setup().start("collector", collector())) {
            collector.awaitUp("ledger");
            collector.await(
                    "nobody consumes " + queue.name(),
                    START_LIMIT,
                    () -> queue.broker().consumers(queue.name()) > 0);
            Path file = plan.novaLog();
            @Nullable AccessLog log = file == null ? null : new AccessLog(file);
            try (ProductProcess agent = plan.setup().start("agent", agent(), "--role", "compute")) {
                agent.awaitUp("polling");
                agent.awaitUp("metadata cache");
                Instant from = slot(clock.instant().plus(BEFORE_A_SLOT)).end();
                told.println("measuring begins at " + from);
                List<DomainStatistics> statistics = ask(from, agent);
                awaitCommitted(from, collector);
                Map<String, Long> requests = new TreeMap<>();
                agent.metric(REQUESTS).forEach((labels, count) -> requests.put(labels, count.longValue()));
                agent.stop();
                Map<String, Long> logged = log == null ? Map.of() : log.requests(plan.host());
                return new Seen(from, before, Instances.read(cloud, plan.host()), statistics, requests, logged);
            }
        }
    }

    private Slot slot(Instant time) {
        return Slot.at(ComputePlan.SOURCE, plan.interval(), time);
    }

    /** Asks the hypervisor shortly before each slot, and before the one after the last. */
    private List<DomainStatistics> ask(Instant from, ProductProcess agent) throws IOException, InterruptedException {
        List<DomainStatistics> statistics = new ArrayList<>();
        for (int number = 0; number <= plan.slots(); number++) {
            Instant moment = from.plus(plan.interval().multipliedBy(number)).minus(BEFORE_A_SLOT);
            long left = Duration.between(clock.instant(), moment).toMillis();
            TimeUnit.MILLISECONDS.sleep(Math.max(0, left));
            agent.ensureRuns();
            statistics.add(DomainStatistics.read(plan.virsh(), plan.libvirt()));
        }
        return statistics;
    }

    /** Returns when the last slot is in the ledger, or is awaited no more. */
    private void awaitCommitted(Instant from, ProductProcess collector) throws IOException, InterruptedException {
        Instant to = from.plus(plan.interval().multipliedBy(plan.slots()));
        Instant limit = to.plus(SlotRecord.patience(plan.interval())).plus(plan.interval());
        SlotQuery query =
                new SlotQuery(ComputePlan.SOURCE, plan.host(), plan.interval(), from, to, Set.of(SlotState.DONE), null);
        try (LedgerView ledger = RunLedger.open(plan.setup().store())) {
            int done = 0;
            while (done < plan.slots() && clock.instant().isBefore(limit)) {
                collector.ensureRuns();
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
                List<SlotRecord> slots = new ArrayList<>();
                ledger.slots().slots(query, slots::add);
                done = slots.size();
            }
            told.println("slots that are done: " + done + " of " + plan.slots());
        }
    }

    private String collector() {
        return """
                roles: [collector]
                store: {url: %s}
                collector:
                  rabbitmq:
                    - url: %s
                      queue: %s
                      exchanges: [%s]
                """.formatted(
                        ProductProcess.text(plan.setup().store()),
                        ProductProcess.text(plan.amqp()),
                        queue.name(),
                        queue.name());
    }

    private String agent() throws IOException {
        Path polling = Files.writeString(plan.setup().folder().resolve("polling.yaml"), """
                sources:
                  - name: %s
                    interval: %d
                    meters: ["*"]
                """.formatted(
                        ComputePlan.SOURCE, plan.interval().toSeconds()));
        return plan.setup().openstack()
                + """
                roles: [compute]
                compute:
                  host: %s
                  libvirt_uri: %s
                  polling: %s
                  publish: {url: %s, exchange: %s, spool: %s}
                """.formatted(
                                ProductProcess.text(plan.host()),
                                ProductProcess.text(plan.libvirt()),
                                ProductProcess.text(polling),
                                ProductProcess.text(plan.amqp()),
                                queue.name(),
                                ProductProcess.text(plan.setup().folder().resolve("spool")));
    }

    @Override
    public void close() {
        queue.close();
    }
}
