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
import io.nephometer.sources.notifications.Gap;
import io.nephometer.sources.notifications.GapListener;
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
    private final String host;
    private final MessageProcessor processor;
    private final LedgerWriter writer;
    private final MeterRegistry registry;
    private final HealthRegistry health;
    private final InstantSource clock;
    private final Ticker ticker;
    private final UnaryOperator<BatchObserver> observing;
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
        this.host = host;
        this.processor = processor;
        this.writer = writer;
        this.registry = registry;
        this.health = health;
        this.clock = clock;
        this.ticker = ticker;
        this.observing = observing;
        Instant begin = clock.instant();
        for (RabbitMqSourceConfig source : config.rabbitmq()) {
            GapRecorder recorder = new GapRecorder("rabbitmq:" + source.queue(), ledger, registry, begin);
            gaps.add(recorder);
            BatchConfig batch = source.batch() == null ? config.batch() : source.batch();
            for (int number = 1; number <= config.workers(); number++) {
                workers.add(worker(source, batch, number == 1 ? recorder : ownCountsOnly(recorder)));
            }
        }
    }

    /** All workers of a source see the same exchanges and queue: the first tells of them, the others what they counted. */
    private static GapListener ownCountsOnly(GapRecorder recorder) {
        return gap -> {
            if (gap.kind() == Gap.Kind.OVERFLOW) {
                recorder.gap(gap);
            }
        };
    }

    private IntakeWorker worker(RabbitMqSourceConfig source, BatchConfig batch, GapListener listener) {
        String name = "intake-" + (workers.size() + 1);
        RabbitMqReceiver receiver =
                new RabbitMqReceiver(RabbitMqSettings.options(source, batch, host), listener, clock, ticker);
        BatchLoop loop = new BatchLoop(
                receiver,
                new BatchLimits(batch.maxMessages(), batch.maxBytes().bytes(), batch.timeout()),
                new ProcessingHandler(processor, new IsolatingCommitter(receiver.name(), writer)),
                writer::isAvailable,
                Backoff.defaults(),
                ticker,
                observing.apply(new IntakeMetrics(registry, receiver.name())));
        IntakeWorker worker = new IntakeWorker(name, receiver, loop);
        ReceiverMetrics.bind(registry, name, receiver);
        health.register(name, worker::health);
        health.register(name + ":" + receiver.name(), receiver::health);
        return worker;
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
        workers.forEach(IntakeWorker::stop);
        for (IntakeWorker worker : workers) {
            worker.close();
        }
        recordGaps();
    }
}
