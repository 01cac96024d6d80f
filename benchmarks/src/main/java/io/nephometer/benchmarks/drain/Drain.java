// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import io.nephometer.benchmarks.ChildJvm;
import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Empties the same kind of queue by several consumers in turn, each in a JVM of its own. */
abstract class Drain extends MeasuringCommand {
    private static final int HEAP_MIB = 256;

    @Option(names = "--messages", defaultValue = "20000", description = "Messages per drain (${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--repeat", defaultValue = "5", description = "Drains by each consumer (${DEFAULT-VALUE}).")
    private int repeat;

    Figures drain(String name) throws Exception {
        DrainTable table = new DrainTable();
        try (PrivateRabbitMq broker = new PrivateRabbitMq()) {
            broker.start();
            NotificationQueue queue = new NotificationQueue(broker, "bench.notifications");
            queue.declare();
            for (int round = 1; round <= repeat; round++) {
                for (String kind : List.of("count", "parse")) {
                    queue.fill(messages);
                    table.add(kind, bare(queue, kind));
                    say("round %d of %d: %s", round, repeat, table.last(kind));
                }
            }
        }
        Figures figures = new Figures(name).put("messages", (long) messages).put("repeat", (long) repeat);
        table.into(figures);
        return figures.ratio(table.ratio("parse", "count"), "count");
    }

    private Map<String, @Nullable Object> bare(NotificationQueue queue, String kind) throws Exception {
        return new ChildJvm(BareConsumer.class, HEAP_MIB, List.of())
                .run(List.of(Integer.toString(queue.port()), queue.name(), Integer.toString(messages), kind));
    }
}
