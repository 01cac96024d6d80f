// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.nephometer.app.config.BatchConfig;
import io.nephometer.app.config.CollectorConfig;
import io.nephometer.app.config.RabbitMqSourceConfig;
import io.nephometer.pipeline.batch.Backoff;
import io.nephometer.pipeline.batch.BatchLimits;
import io.nephometer.pipeline.batch.BatchLoop;
import io.nephometer.pipeline.batch.BatchObserver;
import io.nephometer.pipeline.batch.IsolatingCommitter;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.pipeline.batch.ProcessingHandler;
import io.nephometer.sources.notifications.Gap;
import io.nephometer.sources.notifications.GapListener;
import io.nephometer.sources.notifications.RabbitMqOptions;
import io.nephometer.sources.notifications.RabbitMqReceiver;
import io.nephometer.store.ledger.LedgerException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of all configured sources: each takes messages from one broker through its own channel, has them processed, and
 * commits them to the ledger.
 */
public final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    private final MessageProcessor processor;
    private final DeferredLedger ledger;
    private final Surroundings surroundings;
    private final UnaryOperator<BatchObserver> observing;
    private final CollectorCompanions companions;
    private final long heldBytes;
    private final int refusalsLimit;
    private final List<IntakeWorker> workers = new ArrayList<>();
    private final List<GapRecorder> gaps = new ArrayList<>();

    /**
     * Puts the workers together; nothing is opened before {@link #start}.
     *
     * @param companions who sees batches before they are committed
     * @param observing put around each worker's own figures; tests watch batches through it
     */
    public Collector(
            CollectorConfig config,
            MessageProcessor processor,
            DeferredLedger ledger,
            Surroundings surroundings,
            CollectorCompanions companions,
            UnaryOperator<BatchObserver> observing) {
        this.processor = processor;
        this.companions = companions;
        this.ledger = ledger;
        this.surroundings = surroundings;
        this.observing = observing;
        this.refusalsLimit = config.equalRejectionsLimit();
        this.heldBytes =
                RabbitMqOptions.MAX_HELD_BYTES / Math.max(1, config.rabbitmq().size() * config.workers());
        Instant begin = surroundings.clock().instant();
        for (RabbitMqSourceConfig source : config.rabbitmq()) {
            GapRecorder recorder =
                    new GapRecorder("rabbitmq:" + source.queue(), ledger::ledger, surroundings.registry(), begin);
            gaps.add(recorder);
            BatchConfig batch = source.batch() == null ? config.batch() : source.batch();
            for (int number = 1; number <= config.workers(); number++) {
                workers.add(worker(source, batch, number == 1 ? recorder : ownCountsOnly(recorder)));
            }
        }
    }

    /**
     * All workers of a source see the same exchanges and queue: the first tells of them, the others what they counted, and that
     * the queue was gone, which only the one notices that makes it again.
     */
    private static GapListener ownCountsOnly(GapRecorder recorder) {
        return gap -> {
            if (gap.kind() == Gap.Kind.OVERFLOW || gap.kind() == Gap.Kind.QUEUE_DELETED) {
                recorder.gap(gap);
            }
        };
    }

    /** Whether a collector ran under that name before; empty while the ledger does not answer. */
    private Optional<Boolean> isKnown(String consumer) {
        try {
            return ledger.knewAtOpening(consumer);
        } catch (LedgerException e) {
            LOG.debug("Whether {} ran before waits for the ledger: {}", consumer, e.getMessage());
            return Optional.empty();
        }
    }

    private IntakeWorker worker(RabbitMqSourceConfig source, BatchConfig batch, GapListener listener) {
        String name = "intake-" + (workers.size() + 1);
        RabbitMqReceiver receiver = new RabbitMqReceiver(
                RabbitMqSettings.options(source, batch, heldBytes, surroundings.host()),
                listener,
                surroundings.clock(),
                surroundings.ticker(),
                () -> isKnown("rabbitmq:" + source.queue()));
        BatchLoop loop = new BatchLoop(
                receiver,
                new BatchLimits(batch.maxMessages(), batch.maxBytes().bytes(), batch.timeout()),
                new ProcessingHandler(
                        processor,
                        new IsolatingCommitter(receiver.name(), ledger, refusalsLimit),
                        companions.of(source)),
                ledger::isAvailable,
                Backoff.defaults(),
                surroundings.ticker(),
                observing.apply(new IntakeMetrics(surroundings.registry(), receiver.name())));
        IntakeWorker worker = new IntakeWorker(name, receiver, loop);
        ReceiverMetrics.bind(surroundings.registry(), name, receiver);
        surroundings.health().register(name, worker::health);
        surroundings.health().register(name + ":" + receiver.name(), receiver::health);
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
