// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.audits;

import io.nephometer.e2e.cloud.RunQueue;
import io.nephometer.e2e.cloud.Traffic;
import io.nephometer.e2e.cloud.process.ProductProcess;
import io.nephometer.e2e.cloud.process.RunLedger;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import io.nephometer.runtime.WallClock;
import io.nephometer.sources.audits.AuditPeriod;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.store.ledger.AuditView;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerView;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Audits a period beside Nova, and waits until both have. What it makes on the broker it removes. For one thread. */
final class AuditsRun implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final AuditsPlan plan;
    private final PrintWriter told;
    private final RunQueue queue;
    private final InstantSource clock = WallClock.system();

    /** @param told what is going on */
    AuditsRun(AuditsPlan plan, PrintWriter told) throws IOException {
        this.plan = plan;
        this.told = told;
        this.queue = new RunQueue(plan.amqp(), told);
    }

    /** The audited period, once it is over and both have audited it; or once patience has run out. */
    Period run(RestCloud cloud) throws Exception {
        if (!queue.broker().hasExchange(plan.exchange())) {
            throw new IOException("there is no exchange " + plan.exchange() + " on the broker (--exchange)");
        }
        try (ProductProcess collector = plan.setup().start("collector", collector())) {
            collector.awaitUp("ledger");
            awaitListening(collector);
            try (ProductProcess auditor = plan.setup().start("auditor", auditor())) {
                auditor.awaitUp("ledger");
                Period period = period();
                told.println("listening; the period is " + period);
                List<ProductProcess> both = List.of(auditor, collector);
                pass(period, both);
                await(cloud, period, both);
                auditor.stop();
                collector.stop();
                return period;
            }
        }
    }

    /** The one that is running; of notifications that wait in a queue, the one that is over. */
    private Period period() {
        AuditPeriod periods = AuditPeriod.parse(plan.period());
        return plan.queue() == null ? periods.at(clock.instant()) : periods.lastCompleted(clock.instant());
    }

    /** Returns when a queue of our own is bound, or one that was there before has been read to its end. */
    private void awaitListening(ProductProcess collector) throws IOException, InterruptedException {
        String existing = plan.queue();
        if (existing == null) {
            collector.await(
                    "nobody consumes " + queue.name(),
                    START_LIMIT,
                    () -> queue.broker().consumers(queue.name()) > 0);
        } else {
            collector.await(
                    existing + " is not read to its end (a longer --patience waits longer)",
                    plan.patience(),
                    () -> queue.broker().isReadToItsEnd(existing));
        }
    }

    private void pass(Period period, List<ProductProcess> processes) throws Exception {
        if (!plan.traffic().isEmpty()) {
            try (Traffic traffic = Traffic.command(plan.traffic())) {
                while (!traffic.endsWithin(LOOK)) {
                    ensureRun(processes);
                }
            }
        }
        while (clock.instant().isBefore(period.end())) {
            ensureRun(processes);
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }

    private static void ensureRun(List<ProductProcess> processes) throws IOException {
        for (ProductProcess process : processes) {
            process.ensureRuns();
        }
    }

    private String collector() {
        String existing = plan.queue();
        return """
                roles: [collector]
                store: {url: %s}
                collector:
                  rabbitmq:
                    - url: %s
                      use: %s
                      queue: %s
                      exchanges: [%s]
                """.formatted(
                                ProductProcess.text(plan.setup().store()),
                                ProductProcess.text(plan.amqp()),
                                existing == null ? "own" : "existing",
                                ProductProcess.text(existing == null ? queue.name() : existing),
                                ProductProcess.text(plan.exchange()))
                + audits("collector", "own");
    }

    private String auditor() {
        String cells = plan.cells();
        return plan.setup().openstack() + "roles: [central, audit]\nstore: {url: "
                + ProductProcess.text(plan.setup().store()) + "}\n"
                + (cells == null ? "" : cells.stripTrailing() + "\n")
                + audits("auditor", cells == null ? "own" : "cells");
    }

    private String audits(String name, String inventory) {
        Period period = AuditPeriod.parse(plan.period()).at(clock.instant());
        long hours = 2 * Duration.between(period.begin(), period.end()).toHours() + 1;
        return "definitions: {store_raw: [info]}\naudits: {name: " + name + ", inventory: " + inventory
                + ", usage: {period: " + plan.period() + ", spacing: 5s, catch_up: " + hours + "h}}\n";
    }

    private void await(RestCloud cloud, Period period, List<ProductProcess> processes)
            throws IOException, InterruptedException {
        Instant end = clock.instant().isAfter(period.end()) ? clock.instant() : period.end();
        Instant limit = end.plus(plan.patience());
        String before = "";
        while (clock.instant().isBefore(limit)) {
            ensureRun(processes);
            NovaAudits nova = NovaAudits.look(cloud, period);
            Optional<Progress> ours = progress(period);
            String state = "Nova: " + nova + "; in the ledger: "
                    + ours.map(Progress::toString).orElse("not to be read");
            if (!state.equals(before)) {
                told.println(state);
                before = state;
            }
            if (nova.isDone() && ours.isPresent() && ours.get().isWhole(nova.instances())) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
        told.println("patience (--patience) has run out; what is there now is compared; " + before);
    }

    /** How far a ledger is. */
    private record Progress(int novas, int ours, boolean done) {
        boolean isWhole(long instances) {
            return done && novas >= instances;
        }
    }

    /** How far our audit of a period is, by share. */
    static List<AuditView.Run> shares(LedgerView ledger, Period period) {
        return ledger.audits().runs(UsageAuditor.TASK, period.begin()).stream()
                .filter(run -> run.key().period().equals(period))
                .toList();
    }

    /** Empty while the ledger is away. */
    private Optional<Progress> progress(Period period) {
        try (LedgerView ledger = RunLedger.open(plan.setup().store())) {
            List<AuditView.Run> runs = shares(ledger, period);
            boolean done = runs.size() == HostShare.COUNT
                    && runs.stream().allMatch(run -> run.state() == AuditView.State.DONE);
            Told both = Told.read(ledger, period);
            return Optional.of(new Progress(both.novas().size(), both.ours().size(), done));
        } catch (LedgerException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        queue.close();
    }
}
