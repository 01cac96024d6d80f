// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.nephometer.model.Receiver;
import io.nephometer.pipeline.batch.BatchLoop;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.config.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One receiver with its batch loop on a thread of its own, which has another one for commits. */
final class IntakeWorker {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeWorker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final Receiver receiver;
    private final BatchLoop loop;
    private @Nullable Thread thread;
    private volatile @Nullable Throwable defect;

    IntakeWorker(String name, Receiver receiver, BatchLoop loop) {
        this.name = name;
        this.receiver = receiver;
        this.loop = loop;
    }

    synchronized void start() {
        receiver.start();
        // A platform thread: SQLite's driver is native code and would pin a virtual thread's carrier.
        thread = Thread.ofPlatform()
                .name(name)
                .uncaughtExceptionHandler((dead, cause) -> {
                    defect = cause;
                    LOG.error(
                            "{} died, nothing is taken from {} any more; restart the process",
                            name,
                            receiver.name(),
                            cause);
                })
                .start(loop);
    }

    /** Down only if the loop itself died; how the source is, the receiver says. */
    Health health() {
        Throwable cause = defect;
        return cause == null ? new Health.Up("running") : new Health.Down("died of " + cause);
    }

    /** Ends the loop after what is in hand; does not wait for it. */
    void stop() {
        loop.stop();
    }

    /** Finishes what is in hand, then gives back what is not settled. */
    public synchronized void close() throws InterruptedException {
        loop.stop();
        Thread running = thread;
        if (running != null && !running.join(PATIENCE)) {
            LOG.warn(
                    "{} did not finish its batch within {} and is interrupted; the batch will be delivered again",
                    name,
                    DurationText.print(PATIENCE));
            running.interrupt();
            running.join(PATIENCE);
        }
        receiver.close();
    }
}
