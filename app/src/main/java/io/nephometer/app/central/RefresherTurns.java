// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.inventory.shared.refresh.GlobalRefresher;
import io.nephometer.runtime.config.DurationText;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a refresher its turns, on a thread of its own. */
public final class RefresherTurns {
    private static final Logger LOG = LoggerFactory.getLogger(RefresherTurns.class);
    /** As much older than the interval may the cache become. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GlobalRefresher refresher;
    private final BooleanSupplier leads;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("refresher").daemon().factory());

    public RefresherTurns(GlobalRefresher refresher) {
        this(refresher, () -> true);
    }

    /** @param leads asked before each turn: whether it is taken */
    public RefresherTurns(GlobalRefresher refresher, BooleanSupplier leads) {
        this.refresher = refresher;
        this.leads = leads;
    }

    /** Begins with a turn at once. */
    public void start() {
        // Cancelled with its thread; failures are caught in the turn.
        ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(this::turn, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void turn() {
        try {
            if (leads.getAsBoolean()) {
                refresher.run();
            }
        } catch (RuntimeException e) {
            LOG.error("A turn of the refresher failed; the next is in {}", DurationText.print(PAUSE), e);
        }
    }

    /** Breaks off a turn that is under way, and gives the seat up. */
    public void close() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn(
                    "The refresher does not end its turn within {}; its seat stays taken until the lease ends",
                    DurationText.print(PATIENCE));
            return;
        }
        refresher.close();
    }
}
