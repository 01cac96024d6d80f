// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import io.nephometer.app.Main;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.ledger.LedgerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Puts the product and a tap beside it on a cloud's bus, lets traffic pass, and holds the one against the other. What it makes
 * on the broker it removes, whatever happens. For one thread.
 */
final class CloudRun {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final CloudPlan plan;
    private final PrintWriter told;
    private final Ticker ticker = Ticker.system();
    private int killed;
    private Map<String, Long> figures = Map.of();

    /** @param told what is going on */
    CloudRun(CloudPlan plan, PrintWriter told) {
        this.plan = plan;
        this.told = told;
    }

    /**
     * What a run came to.
     *
     * @param comparison of the manifest with the ledger
     * @param disturbances changes on the broker that must not be, in the form of {@link BrokerListing#changesTo}
     * @param changes all changes on the broker, most of them the services' own
     * @param killed how many collectors were killed
     * @param figures of the collectors, see {@link CollectorFigures#sums}
     */
    record Result(
            Comparison comparison,
            List<String> disturbances,
            List<String> changes,
            int killed,
            Map<String, Long> figures) {
        boolean isClean() {
            return comparison.isClean() && disturbances.isEmpty();
        }
    }

    /** What begins once the tap is open. */
    @FunctionalInterface
    interface Beginning {
        Traffic begin() throws Exception;
    }

    /** @throws Exception if nothing can be said; the product's log is in the folder */
    Result run(Beginning traffic) throws Exception {
        try (RunQueue queue = new RunQueue(plan.amqp().reveal(), told)) {
            CloudBroker broker = queue.broker();
            List<String> exchanges = present(broker);
            BrokerListing before = BrokerListing.take(broker, exchanges, plan.topics(), plan.inspect());
            Comparison comparison;
            try {
                comparison = listen(queue, exchanges, traffic);
            } finally {
                queue.remove();
            }
            BrokerListing after = BrokerListing.take(broker, exchanges, plan.topics(), plan.inspect());
            List<String> changes = before.changesTo(after);
            return new Result(
                    comparison,
                    BrokerListing.disturbances(changes, exchanges, plan.topics(), queue.name()),
                    changes,
                    killed,
                    figures);
        }
    }

    private List<String> present(CloudBroker broker) throws IOException, ConfigException {
        List<String> wanted = plan.exchanges().isEmpty() ? usualExchanges() : plan.exchanges();
        List<String> present = new ArrayList<>();
        for (String exchange : wanted) {
            if (broker.hasExchange(exchange)) {
                present.add(exchange);
            }
        }
        if (present.isEmpty()) {
            throw new IOException("none of these exchanges is there: " + String.join(", ", wanted));
        }
        told.println("exchanges of services: " + String.join(", ", present));
        return present;
    }

    /** Those that the product listens to unless told otherwise. */
    private List<String> usualExchanges() throws IOException, ConfigException {
        Path minimal = plan.folder().resolve("defaults.yaml");
        Files.writeString(minimal, "collector: {rabbitmq: [{url: 'amqp://localhost/'}]}\n");
        List<String> usual = ConfigurationFile.read(minimal)
                .value()
                .collector()
                .rabbitmq()
                .getFirst()
                .exchanges();
        Files.delete(minimal);
        return usual;
    }

    /** The collector's queue is bound before the tap and outlives it: what the tap heard, the collector's queue got. */
    private Comparison listen(RunQueue queue, List<String> exchanges, Beginning beginning) throws Exception {
        String tapped = queue.name() + ".tap";
        try (CollectorProcess collector = new CollectorProcess(plan, queue.name());
                CloudTap tap = new CloudTap(
                        CloudBroker.connect(plan.amqp().reveal(), "nephometer cloud: " + tapped),
                        tapped,
                        exchanges,
                        plan.topics());
                Manifest manifest = new Manifest(plan.folder().resolve("manifest.jsonl"), ticker)) {
            collector.configure(exchanges);
            collector.start(queue.broker());
            tap.open(manifest);
            told.println("the collector and the tap are listening");
            try (Traffic traffic = beginning.begin()) {
                pass(traffic, collector, queue.broker(), manifest);
            }
            tap.finish();
            manifest.flush();
            settle(manifest);
            collector.stop();
            figures = collector.figures();
            return compare(manifest);
        }
    }

    private void pass(Traffic traffic, CollectorProcess collector, CloudBroker broker, Manifest manifest)
            throws Exception {
        Duration killEvery = plan.killEvery();
        long started = ticker.nanos();
        while (!traffic.endsWithin(LOOK)) {
            collector.ensureRuns();
            if (killEvery != null && ticker.nanos() - started >= killEvery.toNanos()) {
                collector.kill();
                killed++;
                told.println("killed the collector after " + manifest.carried().size() + " notifications");
                collector.start(broker);
                started = ticker.nanos();
            }
        }
        long over = ticker.nanos();
        while (manifest.quiet().compareTo(plan.quiet()) < 0
                && ticker.nanos() - over < plan.quietLimit().toNanos()) {
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
        told.println("the bus carried " + manifest.carried().size() + " notifications");
    }

    /** Waits until the ledger has everything, or comes no further. */
    private void settle(Manifest manifest) throws InterruptedException {
        long least = Long.MAX_VALUE;
        long progress = ticker.nanos();
        while (least > 0 && ticker.nanos() - progress < plan.settle().toNanos()) {
            long missing = missing(manifest);
            if (missing < least) {
                least = missing;
                progress = ticker.nanos();
            }
            if (missing > 0) {
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private long missing(Manifest manifest) {
        try {
            return new Comparison(manifest.carried(), LedgerContent.read(plan.storeUrl())).missing();
        } catch (LedgerException e) {
            told.println("the ledger cannot be read: " + e.getMessage());
            return Long.MAX_VALUE;
        }
    }

    private Comparison compare(Manifest manifest) throws IOException {
        String faultless = "sqlite:" + plan.folder().resolve("faultless.db");
        int exitCode = Main.run(
                new PrintWriter(PrintWriter.nullWriter()),
                told,
                "ingest",
                "--store",
                faultless,
                manifest.file().toString());
        if (exitCode != 0) {
            throw new IOException("the manifest cannot be ingested: " + manifest.file());
        }
        Comparison comparison = new Comparison(manifest.carried(), LedgerContent.read(plan.storeUrl()));
        comparison.compareSamples(LedgerContent.read(faultless));
        return comparison;
    }
}
