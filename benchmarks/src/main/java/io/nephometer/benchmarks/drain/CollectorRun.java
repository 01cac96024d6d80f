// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.nephometer.app.Assembly;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.Role;
import io.nephometer.pipeline.batch.BatchObserver;
import io.nephometer.pipeline.batch.BatchOutcome;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.json.Json;
import io.nephometer.store.ledger.CommitProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/**
 * The collector as a program of its own, put together by the same class as {@code ./nephometer run}. It ends when as many
 * messages are settled as were asked for.
 */
public final class CollectorRun {
    private static final long LIMIT_S = 600;

    private CollectorRun() {}

    /** Arguments: configuration file, number of messages, URL of the broker, queue. */
    public static void main(String[] arguments) throws Exception {
        Configuration config = ConfigurationFile.read(Path.of(arguments[0])).value();
        int messages = Integer.parseInt(arguments[1]);
        DrainClock clock = new DrainClock(messages);
        Assembly assembly = new Assembly(
                config,
                InstantSource.system(),
                Ticker.system(),
                CommitProbe.NONE,
                metrics -> new Settling(metrics, clock));
        Lifecycle collector = assembly.assemble(Set.of(Role.COLLECTOR), "bench");
        try (Connection connection = connect(arguments[2])) {
            Channel channel = connection.createChannel();
            collector.start();
            while (channel.messageCount(arguments[3]) >= messages) {
                Thread.onSpinWait();
            }
        }
        clock.begin();
        if (!clock.awaitEnd(LIMIT_S)) {
            throw new IllegalStateException("not drained after " + LIMIT_S + " s");
        }
        collector.close();
        System.out.println(Json.write(clock.figures()));
    }

    /** Sees the first message leave the queue from outside: the clock runs before the collector has it in its hands. */
    private static Connection connect(String url) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(url);
        return factory.newConnection("clock");
    }

    /** Counts what is durable; a batch is acknowledged as soon as this returns. */
    private record Settling(BatchObserver metrics, DrainClock clock) implements BatchObserver {
        @Override
        public void done(BatchOutcome.Done outcome, Duration took) {
            metrics.done(outcome, took);
            clock.settle(outcome.fates().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum());
        }

        @Override
        public void postponed(String cause) {
            throw new IllegalStateException("the store did not take a batch: " + cause);
        }

        @Override
        public void resumed(Duration stopped) {
            metrics.resumed(stopped);
        }
    }
}
