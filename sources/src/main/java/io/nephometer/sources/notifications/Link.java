// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.ShutdownSignalException;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session with the bus: opens it, makes the broker ready, consumes or not as the gate of the inbox says and as much
 * as may be held, looks after the bindings, and begins again when it breaks. All requests to the broker are made by the one
 * thread that runs this; others only settle.
 */
final class Link implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final RabbitMqOptions options;
    private final Connector connector;
    private final Topology topology;
    private final Inbox inbox;
    private final Ticker ticker;
    private final Reconnection reconnection;
    /** Each entry wakes the thread; those with someone waiting are counted down when the gate has been obeyed. */
    private final BlockingQueue<CountDownLatch> wakes = new LinkedBlockingQueue<>();

    private final AtomicLong attempts = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private volatile @Nullable Session session;
    private volatile Health health = new Health.Down("not started");
    private volatile boolean stopped;
    private String lastTrouble = "";
    private int nextBroker;

    Link(
            RabbitMqOptions options,
            Connector connector,
            Topology topology,
            Inbox inbox,
            Ticker ticker,
            Reconnection reconnection) {
        this.options = options;
        this.connector = connector;
        this.topology = topology;
        this.inbox = inbox;
        this.ticker = ticker;
        this.reconnection = reconnection;
    }

    Health health() {
        return health;
    }

    @Nullable Session session() {
        return session;
    }

    /** How often a connection was tried. */
    long attempts() {
        return attempts.get();
    }

    /** How often a connection was opened and made ready. */
    long connections() {
        return connections.get();
    }

    /** Makes the thread look at the gate now; the latch is counted down when it has been obeyed. */
    CountDownLatch obeyGate() {
        CountDownLatch obeyed = new CountDownLatch(1);
        wakes.add(obeyed);
        return obeyed;
    }

    void stop() {
        stopped = true;
        obeyGate();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                connectOnce();
                if (!stopped) {
                    await(reconnection.next());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connectOnce() throws InterruptedException {
        Broker broker = options.brokers().get(nextBroker);
        nextBroker = (nextBroker + 1) % options.brokers().size();
        attempts.incrementAndGet();
        try (Session opened = connector.open(broker, inbox, this::obeyGate)) {
            long since = ticker.nanos();
            try {
                serve(opened);
            } finally {
                session = null;
                inbox.remove(delivery -> delivery.session() == opened && !delivery.isOrphan());
                reconnection.ended(Duration.ofNanos(ticker.nanos() - since));
            }
            trouble(broker.address() + ": connection lost: " + opened.ended());
        } catch (RefusedException e) {
            trouble(broker.address() + ": " + e.text());
        } catch (IOException e) {
            trouble(reason(broker, e));
        } catch (ShutdownSignalException e) {
            // The library's way to say that the connection ended just before a request.
            trouble(broker.address() + ": connection lost: " + BrokerReason.ofEnd(e));
        } catch (RuntimeException e) {
            LOG.error("A bug in the intake from {}; connecting anew", broker.address(), e);
            trouble(broker.address() + ": a bug: " + e);
        }
    }

    /** The library says nothing itself when the connection ends during a request. */
    private static String reason(Broker broker, IOException failure) {
        return failure.getMessage() == null && failure.getCause() instanceof ShutdownSignalException end
                ? broker.address() + ": connection lost: " + BrokerReason.ofEnd(end)
                : String.valueOf(failure.getMessage());
    }

    private void serve(Session opened) throws IOException, InterruptedException, RefusedException {
        topology.prepare(opened);
        session = opened;
        connections.incrementAndGet();
        health = topology.health(opened);
        lastTrouble = "";
        LOG.info("Connected to {}: {}", opened.broker().address(), health.detail());
        long nextCheck = ticker.nanos() + topology.untilNextCheck().toNanos();
        while (!stopped && opened.ended() == null) {
            obeyGate(opened);
            if (nextCheck - ticker.nanos() <= 0) {
                topology.check(opened);
                health = topology.health(opened);
                nextCheck = ticker.nanos() + topology.untilNextCheck().toNanos();
            }
            awaitWake(opened, Duration.ofNanos(nextCheck - ticker.nanos()));
        }
    }

    private void obeyGate(Session opened) throws IOException, InterruptedException {
        if (inbox.isOpen()) {
            opened.keepConsuming(topology.queues());
        } else {
            opened.stopConsuming();
        }
    }

    /** Waits for a reason to look at the gate, obeys it, and tells those who asked. */
    private void awaitWake(Session opened, Duration limit) throws IOException, InterruptedException {
        CountDownLatch first = wakes.poll(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
        if (first == null) {
            return;
        }
        List<CountDownLatch> all = new ArrayList<>(List.of(first));
        wakes.drainTo(all);
        try {
            if (!stopped && opened.ended() == null) {
                obeyGate(opened);
            }
        } finally {
            all.forEach(CountDownLatch::countDown);
        }
    }

    /** Waits between two sessions: nothing is consumed, so every wish about the gate is fulfilled. */
    private void await(Duration limit) throws InterruptedException {
        long end = ticker.nanos() + limit.toNanos();
        while (!stopped) {
            CountDownLatch wake = wakes.poll(Math.max(0, end - ticker.nanos()), TimeUnit.NANOSECONDS);
            if (wake == null) {
                return;
            }
            wake.countDown();
        }
    }

    /** Logged when it is another one than before; otherwise only shown. */
    private void trouble(String text) {
        if (stopped) {
            health = new Health.Down("closed");
            return;
        }
        health = new Health.Down(
                text + "; trying again, at most " + options.timing().retryMost().toMillis() + " ms apart");
        if (!text.equals(lastTrouble)) {
            LOG.warn("No intake from the bus, trying again until there is: {}", text);
            lastTrouble = text;
        }
    }
}
