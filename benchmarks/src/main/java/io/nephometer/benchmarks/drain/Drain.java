// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import io.nephometer.benchmarks.ChildJvm;
import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.LedgerCount;
import io.nephometer.benchmarks.MeasuringCommand;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Empties the collector's own queue by several consumers in turn, each in a JVM of its own. The rounds are interleaved,
 * because the machine is not equally fast all the time, and the ratio is taken within each round.
 */
abstract class Drain extends MeasuringCommand {
    private static final int HEAP_MIB = 256;
    private static final double GOAL_OF_PARSE = 0.5;
    private static final double GOAL_OF_CEILOMETER = 10;

    @Option(names = "--messages", defaultValue = "20000", description = "Messages per drain (${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--repeat", defaultValue = "5", description = "Drains by each consumer (${DEFAULT-VALUE}).")
    private int repeat;

    @Option(
            names = "--with-ceilometer",
            description =
                    "Also drain by Ceilometer's notification agent with its default settings, if it is installed.")
    private boolean withCeilometer;

    @Option(
            names = "--peer-script",
            defaultValue = "${env:NEPHOMETER_PEER_SCRIPT:-}",
            description = "The program that lets Ceilometer drain, in place of our own ($NEPHOMETER_PEER_SCRIPT).")
    private String peerScript = "";

    @Option(
            names = "--workers",
            defaultValue = "0",
            description = "The collector's setting of that name, in place of its default.")
    private int workers;

    @Option(names = "--jvm-option", description = "For the JVM of the collector; may be given several times.")
    private List<String> jvmOptions = new ArrayList<>();

    /** Where the ledgers are made. */
    interface Stores extends AutoCloseable {
        /** The address of a store that does not exist yet. */
        String next();

        @Override
        void close();
    }

    abstract Stores stores();

    @Override
    protected Figures measure() throws Exception {
        DrainTable table = new DrainTable();
        Peer peer = new Peer(peerScript);
        boolean peerRuns = withCeilometer && peer.isThere();
        if (withCeilometer && !peerRuns) {
            say("Ceilometer is left out: %s", peer.absence());
        }
        try (PrivateRabbitMq broker = new PrivateRabbitMq();
                Stores stores = stores()) {
            broker.start();
            NotificationQueue queue = new NotificationQueue(broker);
            queue.declare();
            for (int round = 1; round <= repeat; round++) {
                say("round %d of %d", round, repeat);
                add(table, "bare", bare(queue, "count"));
                add(table, "bare_parse", bare(queue, "parse"));
                add(table, "nephometer", nephometer(queue, stores.next()));
                if (peerRuns) {
                    queue.fill(messages);
                    add(table, "ceilometer", peer.drain(queue, messages));
                }
            }
        }
        return figures(table, peerRuns);
    }

    private void add(DrainTable table, String consumer, Map<String, @Nullable Object> figures) {
        table.add(consumer, figures);
        say("%s", table.last(consumer));
    }

    private Map<String, @Nullable Object> bare(NotificationQueue queue, String kind) throws Exception {
        queue.fill(messages);
        return new ChildJvm(BareConsumer.class, HEAP_MIB, List.of())
                .run(List.of(Integer.toString(queue.port()), queue.name(), Integer.toString(messages), kind));
    }

    private Map<String, @Nullable Object> nephometer(NotificationQueue queue, String store) throws Exception {
        queue.fill(messages);
        Path configuration = new CollectorConfiguration(queue.url(), store, workers).write();
        Map<String, @Nullable Object> figures = new ChildJvm(CollectorRun.class, HEAP_MIB, jvmOptions)
                .run(List.of(configuration.toString(), Integer.toString(messages), queue.url(), queue.name()));
        Files.delete(configuration);
        LedgerCount count = LedgerCount.of(store);
        if (count.events() != messages || count.messages() != messages || queue.depth() != 0) {
            throw new IllegalStateException("drained " + messages + " messages, but the ledger holds " + count.events()
                    + " events of " + count.messages() + " messages, and " + queue.depth() + " wait in the queue");
        }
        figures.put("events", count.events());
        figures.put("samples", count.samples());
        return figures;
    }

    private Figures figures(DrainTable table, boolean peerRuns) {
        Figures figures = new Figures(name())
                .put("messages", (long) messages)
                .put("repeat", (long) repeat)
                .put("workers", workers == 0 ? "default" : Integer.toString(workers))
                .put("heap_limit_mib", (long) HEAP_MIB);
        table.into(figures);
        double ratio = table.ratio("nephometer", "bare_parse");
        figures.ratio(ratio, "rate of a bare consumer that parses with Jackson and keeps nothing")
                .put("ratio_second_half", table.ratio("nephometer", "bare_parse", "per_s_second_half"))
                .put("ratio_to_bare", table.ratio("nephometer", "bare"))
                .goal("rate against bare consumer + parse", ratio, GOAL_OF_PARSE, true)
                .goal("peak heap in MiB", table.max("nephometer", "peak_heap_mib"), HEAP_MIB, false);
        if (peerRuns) {
            double peers = table.ratio("nephometer", "ceilometer");
            figures.put("ratio_to_ceilometer", peers)
                    .goal("rate against Ceilometer with default settings", peers, GOAL_OF_CEILOMETER, true);
        }
        return figures;
    }
}
