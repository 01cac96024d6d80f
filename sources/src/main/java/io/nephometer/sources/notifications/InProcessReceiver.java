// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.model.Delivery;
import io.nephometer.model.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages from an {@link InProcessBus}. Like the bus it cannot deliver anything again after a crash of the process; what
 * is not settled when it is closed goes back to the bus.
 */
public final class InProcessReceiver implements Receiver {
    private final InProcessBus bus;
    private final Object lock = new Object();

    /** Handed out and not settled, in order. */
    @GuardedBy("lock") private final Set<InProcessBus.Held> unsettled = new LinkedHashSet<>();

    private volatile boolean started;
    private volatile boolean paused;
    private volatile boolean closed;

    public InProcessReceiver(InProcessBus bus) {
        this.bus = bus;
    }

    @Override
    public String name() {
        return "in-process";
    }

    @Override
    public void start() {
        started = true;
        bus.gateMoved();
    }

    boolean mayTake() {
        return started && !paused && !closed;
    }

    @Override
    public @Nullable Delivery receive(Duration wait) throws InterruptedException {
        InProcessBus.Held held = bus.take(this, wait);
        if (held == null) {
            return null;
        }
        synchronized (lock) {
            unsettled.add(held);
        }
        if (closed) {
            returnAll(); // closed in between: close() has not seen it
            return null;
        }
        return held;
    }

    /** Never: more may be published at any time. */
    @Override
    public boolean isExhausted() {
        return false;
    }

    @Override
    public void acknowledge(List<? extends Delivery> deliveries) {
        bus.settled(remove(deliveries).size());
    }

    @Override
    public void giveBack(List<? extends Delivery> deliveries) {
        bus.putBack(remove(deliveries));
    }

    /** Takes those of {@code deliveries} that are ours and not settled, oldest first. */
    private List<InProcessBus.Held> remove(List<? extends Delivery> deliveries) {
        Set<Delivery> wanted = new LinkedHashSet<>(deliveries);
        synchronized (lock) {
            List<InProcessBus.Held> removed = new ArrayList<>();
            unsettled.removeIf(held -> wanted.contains(held) && removed.add(held));
            return removed;
        }
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        bus.gateMoved();
    }

    @Override
    public void close() {
        closed = true;
        returnAll();
        bus.gateMoved();
    }

    private void returnAll() {
        List<InProcessBus.Held> rest;
        synchronized (lock) {
            rest = List.copyOf(unsettled);
            unsettled.clear();
        }
        bus.putBack(rest);
    }
}
