// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.model.Shortfall;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.bus.BusObserver;
import io.nephometer.sources.polling.bus.CarryReport;
import io.nephometer.sources.polling.bus.MessageCarrier;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is in the spool, oldest first, when the bus takes it again. Measurements of now do not wait for it. */
public final class SpoolDrain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolDrain.class);
    /** Sent and confirmed at once. */
    private static final int BATCH = 16;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration MOST_WAIT = Duration.ofSeconds(15);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Spool spool;
    private final MessageCarrier carrier;
    private final PollingEnvelope envelope;
    private final String member;
    private final BusObserver observer;
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** @param member in whose name what was dropped is told */
    public SpoolDrain(
            Spool spool, MessageCarrier carrier, PollingEnvelope envelope, String member, BusObserver observer) {
        this.spool = spool;
        this.carrier = carrier;
        this.envelope = envelope;
        this.member = member;
        this.observer = observer;
    }

    public void start() {
        thread = Thread.ofVirtual().name("polling-drain").start(this::run);
    }

    private void run() {
        Duration wait = FIRST_WAIT;
        try {
            while (!stop.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                Duration longer = wait.multipliedBy(2);
                wait = drain() ? FIRST_WAIT : longer.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : longer;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends until the spool is empty, or the bus takes nothing; false in that case. */
    boolean drain() throws InterruptedException {
        try {
            boolean going = tellLosses();
            while (going && stop.getCount() > 0 && spool.messages() > 0) {
                going = sendOldest();
            }
            return going;
        } catch (IOException | RuntimeException e) {
            LOG.error("Cannot send what is in the spool; trying again in {}", MOST_WAIT, e);
            return false;
        }
    }

    private boolean sendOldest() throws IOException, InterruptedException {
        List<PollingMessage> batch = spool.oldest(BATCH);
        if (batch.isEmpty()) {
            return true; // a damaged file was given up
        }
        CarryReport report = carrier.carry(batch);
        List<PollingMessage> done = new ArrayList<>(batch);
        if (!report.isDelivered()) {
            // What comes after the first that did not get through is sent again with it, to keep the order.
            done = batch.subList(0, batch.indexOf(report.undelivered().getFirst()));
        }
        spool.remove(done);
        if (!done.isEmpty()) {
            observer.drained(done.size());
        }
        return report.isDelivered();
    }

    /** A loss is told as a shortfall of the first slot that it touches. */
    private boolean tellLosses() throws IOException, InterruptedException {
        List<Loss> losses = spool.untoldLosses();
        List<PollingMessage> messages = new ArrayList<>();
        for (Loss loss : losses) {
            messages.addAll(envelope.write(SlotMeasurements.missing(loss.first(), member, shortfall(loss))));
        }
        if (messages.isEmpty()) {
            return true;
        }
        CarryReport report = carrier.carry(messages);
        if (report.isDelivered()) {
            spool.told(losses);
        }
        return report.isDelivered();
    }

    private static Shortfall shortfall(Loss loss) {
        return new Shortfall(
                "spool_overflow",
                loss.samples(),
                loss.messages() + " messages of the slots from " + loss.first().start() + " to "
                        + loss.last().start()
                        + " were dropped, since the bus was away for longer than the spool holds");
    }

    /** Ends after what is being sent; the rest stays on disk. */
    @Override
    public void close() {
        stop.countDown();
        Thread running = thread;
        try {
            if (running != null && !running.join(CLOSE_LIMIT)) {
                running.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
