// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.audits;

import com.rabbitmq.client.ShutdownSignalException;
import io.nephometer.e2e.cloud.CloudBroker;
import io.nephometer.e2e.cloud.Traffic;
import io.nephometer.e2e.cloud.process.ProductProcess;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.model.Period;
import io.nephometer.runtime.WallClock;
import io.nephometer.sources.audits.AuditPeriod;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.AuditView;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Audits a period beside Nova, and waits until both have. What it makes on the broker it removes. For one thread. */
final class AuditsRun implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final List<String> SUFFIXES = List.of("", ".overflow", ".overflow.uncounted", ".canary");

    private final AuditsPlan plan;
    private final PrintWriter told;
    private final CloudBroker broker;
    private final InstantSource clock = WallClock.system();
    private final String queue =
            "nephometer.cloud." + Long.toHexString(ThreadLocalRandom.current().nextLong());

    /** @param told what is going on */
    AuditsRun(AuditsPlan plan, PrintWriter told) throws IOException {
        this.plan = plan;
        this.told = told;
        this.broker = CloudBroker.connect(plan.amqp(), "nephometer cloud: " + queue);
    }

    /** The period that is running, once it is over and both have audited it; or once patience has run out. */
    Period run(RestCloud cloud) throws Exception {
        if (!broker.hasExchange(plan.exchange())) {
            throw new IOException("there is no exchange " + plan.exchange() + " on the broker");
        }
        try (ProductProcess product =
                ProductProcess.start(plan.product(), plan.folder(), "audits", config(), List.of())) {
            product.awaitUp("ledger");
            while (broker.consumers(queue) == 0) {
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            }
            Period period = AuditPeriod.parse(plan.period()).at(clock.instant());
            told.println("listening; the period is " + period);
            if (!plan.traffic().isEmpty()) {
                Traffic traffic = Traffic.command(plan.traffic());
                while (!traffic.endsWithin(LOOK)) {
                    // goes on
                }
            }
            while (clock.instant().isBefore(period.end())) {
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            }
            await(cloud, period);
            product.stop();
            return period;
        }
    }

    private String config() {
        return plan.openstack()
                + """
                roles: [collector, central, audit]
                store: {url: %s}
                definitions: {store_raw: [info]}
                collector:
                  rabbitmq:
                    - url: %s
                      queue: %s
                      exchanges: [%s]
                central: {name: audits, spool: %s}
                audits:
                  name: audits
                  usage: {period: %s, spacing: 5s}
                """.formatted(
                                ProductProcess.text(plan.store()),
                                ProductProcess.text(plan.amqp()),
                                queue,
                                ProductProcess.text(plan.exchange()),
                                ProductProcess.text(plan.folder().resolve("spool")),
                                plan.period());
    }

    private void await(RestCloud cloud, Period period) throws IOException, InterruptedException {
        Instant limit = period.end().plus(plan.patience());
        String before = "";
        while (clock.instant().isBefore(limit)) {
            NovaAudits nova = NovaAudits.look(cloud, period);
            Told both = Told.read(plan.store(), period);
            boolean ours = isAudited(period);
            String state = "Nova: " + nova + "; of it came " + both.novas().size() + "; ours: "
                    + both.ours().size() + (ours ? ", done" : "");
            if (!state.equals(before)) {
                told.println(state);
                before = state;
            }
            if (ours && nova.isDone() && both.novas().size() >= nova.instances()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
        told.println("patience has run out");
    }

    private boolean isAudited(Period period) {
        try (LedgerView ledger =
                Ledgers.openReadOnly(StoreUrl.parse(plan.store()), LedgerOptions.DEFAULTS, WallClock.system())) {
            List<AuditView.Run> runs = ledger.audits().runs(UsageAuditor.TASK, period.begin()).stream()
                    .filter(run -> run.key().period().equals(period))
                    .toList();
            return !runs.isEmpty() && runs.stream().allMatch(run -> run.state() == AuditView.State.DONE);
        }
    }

    @Override
    public void close() {
        for (String suffix : SUFFIXES) {
            try {
                broker.remove(queue + suffix);
            } catch (IOException | ShutdownSignalException e) {
                told.println("could not remove " + queue + suffix + " from the broker, do it by hand: " + e);
            }
        }
        broker.close();
    }
}
