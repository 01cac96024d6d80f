// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.notifications.PublisherConnector;
import io.nephometer.sources.polling.bus.CarrierOptions.AbsentExchange;
import io.nephometer.sources.polling.bus.CarryReport.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a publisher, opened when it is needed, with channels that confirm. Opening it may take long, and goes on
 * without who asked; after a failure it is not tried again for a while. So who measures does not wait for a broker that is
 * down. Safe for several threads.
 */
final class PublishingLink implements AutoCloseable {
    static final String BLOCKED = "the broker takes nothing: it is short of memory or disk";

    /** Who has something to send waits for the connection this long; opening it goes on without him. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int CLOSE_LIMIT_MILLIS = 2_000;
    private static final int MOST_DOUBLINGS = 20;

    private final CarrierOptions options;
    private final PublisherConnector connector;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Channel> idle = new ConcurrentLinkedDeque<>();
    private volatile @Nullable Connection connection;
    private volatile boolean blocked;
    private volatile boolean closed;

    @GuardedBy("lock") private @Nullable FutureTask<Connection> connecting;

    @GuardedBy("lock") private int failures;

    @GuardedBy("lock") private long notBefore;

    @GuardedBy("lock") private String lastFailure = "";

    PublishingLink(CarrierOptions options, Ticker ticker) {
        this.options = options;
        this.connector =
                new PublisherConnector(options.brokers(), options.tls(), options.timing(), options.connectionName());
        this.ticker = ticker;
    }

    /** The longest that a batch may take: waiting for the connection, a channel, and confirmations. */
    long mostNanos() {
        return PATIENCE.multipliedBy(2).plus(options.confirmation()).toNanos();
    }

    /** Whether the broker said that it takes nothing now. */
    boolean isBlocked() {
        return blocked;
    }

    /** A channel that nobody else uses until it is given back. */
    Channel channel() throws IOException, InterruptedException {
        Channel known = idle.poll();
        while (known != null && !known.isOpen()) {
            known = idle.poll();
        }
        if (blocked) {
            throw new LinkException(Trouble.BLOCKED, BLOCKED);
        }
        return known != null ? known : confirming(open());
    }

    private Connection open() throws IOException, InterruptedException {
        try {
            return attempt().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new LinkException(Trouble.UNREACHABLE, "still connecting");
        } catch (ExecutionException e) {
            throw new LinkException(Trouble.UNREACHABLE, reason(e));
        }
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
    }

    /** What is connecting, or has connected; begun if it is time for it. */
    private FutureTask<Connection> attempt() throws LinkException {
        lock.lock();
        try {
            FutureTask<Connection> current = connecting;
            if (current != null && (!current.isDone() || isConnected())) {
                return current;
            }
            if (closed || (failures > 0 && notBefore - ticker.nanos() > 0)) {
                throw new LinkException(Trouble.UNREACHABLE, closed ? "closed" : lastFailure);
            }
            FutureTask<Connection> next = new FutureTask<>(this::connect);
            connecting = next;
            Thread.ofVirtual().name("polling-connect").start(next);
            return next;
        } finally {
            lock.unlock();
        }
    }

    private boolean isConnected() {
        Connection known = connection;
        return known != null && known.isOpen();
    }

    private Connection connect() throws IOException {
        try {
            Connection opened = connector.open();
            blocked = false;
            opened.addBlockedListener(_ -> blocked = true, () -> blocked = false);
            connection = opened;
            succeeded();
            if (closed) {
                close();
            }
            return opened;
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void succeeded() {
        lock.lock();
        try {
            failures = 0;
        } finally {
            lock.unlock();
        }
    }

    private void failed(String why) {
        Duration most = options.timing().retryMost();
        lock.lock();
        try {
            Duration wait = options.timing().retryFirst().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
            notBefore = ticker.nanos() + (wait.compareTo(most) > 0 ? most : wait).toNanos();
            failures++;
            lastFailure = why;
        } finally {
            lock.unlock();
        }
    }

    private Channel confirming(Connection opened) throws IOException {
        ensureExchange(opened);
        Channel channel = create(opened);
        channel.confirmSelect();
        return channel;
    }

    private static Channel create(Connection opened) throws IOException {
        Channel channel = opened.createChannel();
        if (channel == null) {
            throw new LinkException(Trouble.UNREACHABLE, "the broker allows no more channels on this connection");
        }
        return channel;
    }

    /** An exchange that is there is used as it is: declared with other flags, it would give us or its users an error. */
    private void ensureExchange(Connection opened) throws IOException {
        Channel probe = create(opened);
        try {
            probe.exchangeDeclarePassive(options.exchange());
            probe.abort();
        } catch (IOException | ShutdownSignalException e) {
            LinkException failure = LinkException.of(e, options.exchange());
            if (failure.trouble() != Trouble.NO_EXCHANGE || options.absent() == AbsentExchange.WAIT) {
                throw failure;
            }
            make(opened);
        }
    }

    private void make(Connection opened) throws IOException {
        Channel maker = create(opened);
        try {
            boolean durable = options.absent() == AbsentExchange.MAKE_DURABLE;
            maker.exchangeDeclare(options.exchange(), BuiltinExchangeType.TOPIC, durable, false, null);
            maker.abort();
        } catch (IOException | ShutdownSignalException e) {
            throw LinkException.of(e, options.exchange());
        }
    }

    /** The channel is free for others. */
    void giveBack(Channel channel) {
        if (channel.isOpen() && !closed) {
            idle.push(channel);
        }
    }

    /** Gives the connection up; the next one to publish opens another. */
    void drop() {
        Connection known = connection;
        connection = null;
        idle.clear();
        if (known != null) {
            // Not here: closing a connection whose other end does not read can hang.
            Thread.ofVirtual().name("polling-abort").start(() -> known.abort(CLOSE_LIMIT_MILLIS));
        }
    }

    @Override
    public void close() {
        closed = true;
        Connection known = connection;
        connection = null;
        if (known != null) {
            known.abort(CLOSE_LIMIT_MILLIS);
        }
    }
}
