// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import io.nephometer.benchmarks.Processing;
import io.nephometer.model.Receiver;
import io.nephometer.pipeline.batch.Backoff;
import io.nephometer.pipeline.batch.BatchLimits;
import io.nephometer.pipeline.batch.BatchLoop;
import io.nephometer.pipeline.batch.BatchObserver;
import io.nephometer.pipeline.batch.IsolatingCommitter;
import io.nephometer.pipeline.batch.ProcessingHandler;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.json.Json;
import io.nephometer.sources.notifications.RabbitMqOptions;
import io.nephometer.sources.notifications.RabbitMqReceiver;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.time.InstantSource;

/**
 * The collector as a program of its own, put together as {@code ./nephometer run} does with default settings: RabbitMQ,
 * batches, events, samples, one durable commit per batch, acknowledgement. It ends when as many messages are settled as were
 * asked for.
 */
public final class CollectorRun {
    private static final long LIMIT_S = 600;

    private CollectorRun() {}

    /** Arguments: URL of the broker, address of the store, number of messages. */
    public static void main(String[] arguments) throws Exception {
        DrainClock clock = new DrainClock(Integer.parseInt(arguments[2]));
        InstantSource now = InstantSource.system();
        RabbitMqReceiver source = new RabbitMqReceiver(
                RabbitMqOptions.of("bench", arguments[0]),
                gap -> System.err.println("gap: " + gap),
                now,
                Ticker.system());
        try (Ledger ledger = Ledgers.open(StoreUrl.parse(arguments[1]), LedgerOptions.DEFAULTS, now);
                Receiver receiver = new ClockedReceiver(source, clock)) {
            BatchLoop loop = loop(receiver, ledger);
            receiver.start();
            Thread thread = Thread.ofPlatform().name("batches").start(loop);
            if (!clock.awaitEnd(LIMIT_S)) {
                throw new IllegalStateException("not drained after " + LIMIT_S + " s: " + source.health());
            }
            loop.stop();
            thread.join();
        }
        System.out.println(Json.write(clock.figures()));
    }

    private static BatchLoop loop(Receiver receiver, Ledger ledger) {
        return new BatchLoop(
                receiver,
                BatchLimits.defaults(),
                new ProcessingHandler(Processing.processor(), new IsolatingCommitter(receiver.name(), ledger)),
                ledger::isAvailable,
                Backoff.defaults(),
                Ticker.system(),
                BatchObserver.none());
    }
}
