// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.app.config.BatchConfig;
import io.nephometer.app.config.CollectorConfig;
import io.nephometer.app.config.RabbitMqSourceConfig;
import io.nephometer.model.LedgerWriter;
import io.nephometer.pipeline.batch.Backoff;
import io.nephometer.pipeline.batch.BatchLimits;
import io.nephometer.pipeline.batch.BatchLoop;
import io.nephometer.pipeline.batch.BatchObserver;
import io.nephometer.pipeline.batch.IsolatingCommitter;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.pipeline.batch.ProcessingHandler;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.notifications.RabbitMqReceiver;
import io.nephometer.store.ledger.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The workers of all configured sources: each takes messages from one broker through its own channel, has them processed, and
 * commits them to the ledger.
 */
public final class Collector {
    private final List<IntakeWorker> workers = new ArrayList<>();
    private final List<GapRecorder> gaps = new ArrayList<>();

    /**
     * Puts the workers together; nothing is opened before {@link #start}.
     *
     * @param host name of this machine, shown to the broker's administrator
     * @param ledger the open ledger for what is not a batch; empty while it cannot be reached
     * @param observing put around each worker's own figures; tests watch batches through it
     */
    public Collector(
            CollectorConfig config,
            String host,
            MessageProcessor processor,
            LedgerWriter writer,
            Supplier<Optional<Ledger>> ledger,
            MeterRegistry registry,
            HealthRegistry health,
            InstantSource clock,
            Ticker ticker,
            UnaryOperator<BatchObserver> observing) {
        Instant begin = clock.instant();
        int number = 0;
        for (RabbitMqSourceConfig source : config.rabbitmq()) {
            BatchConfig batch = source.batch() == null ? config.batch() : source.batch();
            GapRecorder recorder = new GapRecorder("rabbitmq:" + source.queue(), ledger, registry, begin);
            gaps.add(recorder);
            for (int worker = 1; worker <= config.workers(); worker++) {
                String name = "intake-" + ++number;
                RabbitMqReceiver receiver =
                        new RabbitMqReceiver(RabbitMqSettings.options(source, batch, host), recorder, clock, ticker);
                ReceiverMetrics.bind(registry, name, receiver);
                IntakeWorker intake = new IntakeWorker(
                        name,
                        receiver,
                        new BatchLoop(
                                receiver,
                                new BatchLimits(
                                        batch.maxMessages(), batch.maxBytes().bytes(), batch.timeout()),
                                new ProcessingHandler(processor, new IsolatingCommitter(receiver.name(), writer)),
                                writer::isAvailable,
                                Backoff.defaults(),
                                ticker,
                                observing.apply(new IntakeMetrics(registry, receiver.name()))));
                health.register(name, intake::health);
                health.register(name + ":" + receiver.name(), receiver::health);
                workers.add(intake);
            }
        }
    }

    /** Starts all workers; returns at once, whether brokers and store are there or not. */
    public void start() {
        workers.forEach(IntakeWorker::start);
    }

    /** Writes gaps that the sources reported to the ledger, as far as it is there. Called now and then. */
    public void recordGaps() {
        gaps.forEach(GapRecorder::flush);
    }

    /** Each worker finishes its batch and gives back what it did not begin. */
    public void close() throws InterruptedException {
        for (IntakeWorker worker : workers) {
            worker.close();
        }
        recordGaps();
    }
}
