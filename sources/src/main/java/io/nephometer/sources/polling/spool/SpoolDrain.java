// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.runtime.config.DurationText;
import io.nephometer.sources.polling.bus.BusObserver;
import io.nephometer.sources.polling.bus.CarryReport;
import io.nephometer.sources.polling.bus.CountingCarrier;
import io.nephometer.sources.polling.bus.MessageCarrier;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.time.Duration;
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

    /** Of these one is tried when it is doubted that the oldest can ever be sent. */
    private static final int LOOK_BEHIND = 64;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration MOST_WAIT = Duration.ofSeconds(15);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Spool spool;
    private final MessageCarrier carrier;
    private final BusObserver observer;
    private final Suspicion suspicion;
    private final LossTelling losses;
    private final CountDownLatch stop = new CountDownLatch(1);
    private int tried;
    private @Nullable Thread thread;

    /**
     * Sends nothing before {@link #start}.
     *
     * @param carrier the one that measurements of now go by, so that it is seen what the broker takes
     * @param member in whose name what was lost is told if an earlier version spooled it, and did not write down whose it was
     */
    public SpoolDrain(
            Spool spool, CountingCarrier carrier, PollingEnvelope envelope, String member, BusObserver observer) {
        this.spool = spool;
        this.carrier = carrier;
        this.suspicion = new Suspicion(carrier);
        this.losses = new LossTelling(spool, carrier, envelope, member, BATCH);
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
        spool.tend();
        try {
            boolean going = losses.tell();
            while (going && stop.getCount() > 0 && spool.messages() > 0) {
                going = sendOldest() && losses.tell();
            }
            return going && !losses.isReluctant();
        } catch (IOException | RuntimeException e) {
            LOG.error("Cannot send what is in the spool; trying again in {}", DurationText.print(MOST_WAIT), e);
            return false;
        }
    }

    private boolean sendOldest() throws IOException, InterruptedException {
        List<PollingMessage> batch = spool.oldest(suspicion.most(BATCH));
        if (batch.isEmpty()) {
            return true; // it was damaged, which will be told
        }
        CarryReport report = carrier.carry(batch);
        List<PollingMessage> done = batch;
        if (!report.isDelivered()) {
            // What comes after the first that did not get through is sent again with it, to keep the order.
            done = batch.subList(0, batch.indexOf(report.undelivered().getFirst()));
        }
        spool.remove(done);
        if (!done.isEmpty()) {
            observer.drained(done.size());
            suspicion.delivered(done.size());
        }
        return report.isDelivered() || doubt(batch, report);
    }

    /** True if it is the message that cannot be delivered, and not the bus: then others follow at once. */
    private boolean doubt(List<PollingMessage> batch, CarryReport report) throws IOException, InterruptedException {
        return switch (suspicion.refused(batch, report)) {
            case BUS -> {
                if (suspicion.isStuck()) {
                    lookBehind();
                }
                yield false;
            }
            case LOOK_CLOSER -> true;
            case MESSAGE -> {
                spool.refused(batch.getFirst(), report.detail());
                yield true;
            }
        };
    }

    /**
     * Where nothing else is sent it would never be known whose fault it is: one of those behind is tried, each in its turn. It stays where it is;
     * when it comes again its id is known.
     */
    private void lookBehind() throws IOException, InterruptedException {
        List<PollingMessage> behind = spool.behind(LOOK_BEHIND);
        if (!behind.isEmpty()) {
            carrier.carry(List.of(behind.get(tried++ % behind.size())));
        }
    }

    /** To be closed soon: begins nothing any more. */
    public void stop() {
        stop.countDown();
    }

    /** Ends after what is being sent; the rest stays on disk. */
    @Override
    public void close() {
        stop();
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
