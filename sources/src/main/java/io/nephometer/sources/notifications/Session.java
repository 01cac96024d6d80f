// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from its opening to its loss, with one channel that consumes and one that asks. What it delivered can be
 * settled only in it; when it is over, the broker gives all of that to somebody again.
 */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int CLOSE_LIMIT_MILLIS = 5_000;

    private final Broker broker;
    private final Connection connection;
    private final ExecutorService dispatcher;
    private final Inbox inbox;
    private final Runnable wake;
    private final Channel intake;
    private final ProbeChannel probe;
    private final Prefetch prefetch;
    private final Unsettled unsettled = new Unsettled();
    /** What came beyond the bytes that we may hold; without bodies, until the flow has stopped and they can be given back. */
    private final Queue<RabbitMqDelivery> refused = new ConcurrentLinkedQueue<>();

    private final AtomicReference<@Nullable String> ended = new AtomicReference<>();
    private final Set<String> lostQueues = ConcurrentHashMap.newKeySet();
    /** Of the supervising thread. */
    private final Consumers consumers;

    /**
     * @param dispatcher owned from here on
     * @param wake has the supervising thread look at this session soon
     */
    Session(
            Broker broker,
            Connection connection,
            ExecutorService dispatcher,
            Prefetch prefetch,
            Inbox inbox,
            Runnable wake)
            throws IOException {
        this.broker = broker;
        this.connection = connection;
        this.dispatcher = dispatcher;
        this.inbox = inbox;
        this.prefetch = prefetch;
        this.wake = wake;
        this.probe = new ProbeChannel(connection);
        this.intake = connection.createChannel();
        this.consumers = new Consumers(this, intake);
        connection.addShutdownListener(signal -> end(BrokerReason.ofEnd(signal)));
        intake.addShutdownListener(signal -> end(BrokerReason.ofEnd(signal)));
    }

    Broker broker() {
        return broker;
    }

    Channel intake() {
        return intake;
    }

    ProbeChannel probe() {
        return probe;
    }

    /** What the broker says about itself, such as its {@code version}; empty if it does not say. */
    String brokerProperty(String name) {
        Map<String, Object> properties = connection.getServerProperties();
        Object value = properties == null ? null : properties.get(name);
        return value == null ? "" : value.toString();
    }

    /** Marks it as over; the first reason counts. Called by any thread; the supervisor then closes it. */
    void end(String reason) {
        if (ended.compareAndSet(null, reason)) {
            wake.run();
        }
    }

    /** Why it is over; null as long as it is not. */
    @Nullable String ended() {
        return ended.get();
    }

    void delivered(RabbitMqDelivery delivery) {
        int bytes = delivery.message().body().size();
        if (!refused.isEmpty() || !prefetch.admits(unsettled.bytes(), bytes)) {
            refuse(delivery, bytes);
            return;
        }
        unsettled.add(delivery);
        inbox.add(delivery);
        if (prefetch.arrived(bytes)) {
            wake.run();
        }
    }

    /** Once one was refused, so are all behind it, lest they overtake it. */
    private void refuse(RabbitMqDelivery delivery, int bytes) {
        RabbitMqDelivery unread = delivery.withoutBody();
        unsettled.add(unread);
        boolean first = refused.isEmpty();
        refused.add(unread);
        if (first) {
            prefetch.refused(bytes);
            wake.run();
        }
    }

    /** The queue is gone from the broker: what any consumer of ours has got from it exists nowhere else. */
    void lost(String queue) {
        lostQueues.add(queue);
    }

    boolean hasLost(String queue) {
        return lostQueues.contains(queue);
    }

    int unsettled() {
        return unsettled.size();
    }

    long heldBytes() {
        return unsettled.bytes();
    }

    /** Consumes as much as we may hold: more when messages turn out to be small, nothing while too much is held. */
    void keepConsuming(List<String> queues) throws IOException, InterruptedException {
        if (!refused.isEmpty() || prefetch.mayGrow(unsettled.bytes(), queues.size())) {
            endConsumers();
        }
        if (consumers.isEmpty() && prefetch.mayFlow(unsettled.bytes())) {
            consumers.begin(queues, prefetch.next(unsettled.bytes(), queues.size()));
        }
    }

    /** Stops consuming and gives back what waits in the inbox. */
    void stopConsuming() throws IOException, InterruptedException {
        endConsumers();
        giveBack(inbox.remove(delivery -> delivery.session() == this && !delivery.isOrphan()));
    }

    private void endConsumers() throws IOException, InterruptedException {
        consumers.end();
        List<RabbitMqDelivery> unread = new ArrayList<>();
        for (RabbitMqDelivery delivery = refused.poll(); delivery != null; delivery = refused.poll()) {
            unread.add(delivery);
        }
        if (!unread.isEmpty()) {
            LOG.debug("{} bytes are held: gave {} messages back until there are fewer", heldBytes(), unread.size());
            giveBack(unread);
        }
    }

    /** Tells the broker that these are done. A failure ends the session, and they will come again. */
    void acknowledge(List<RabbitMqDelivery> deliveries) {
        settle(deliveries, intake::basicAck);
    }

    /** Tells the broker to give these to somebody else, or to us again. */
    void giveBack(List<RabbitMqDelivery> deliveries) {
        settle(deliveries, (tag, multiple) -> intake.basicNack(tag, multiple, true));
    }

    private void settle(List<RabbitMqDelivery> deliveries, Unsettled.Frame frame) {
        if (deliveries.isEmpty()) {
            return;
        }
        try {
            unsettled.settle(deliveries, frame);
            if (prefetch.isReduced()) {
                wake.run();
            }
        } catch (IOException | ShutdownSignalException e) {
            end("cannot settle: " + e);
        }
    }

    /** Closes the connection; the broker requeues what is not settled. */
    @Override
    public void close() {
        end("closed");
        connection.abort(CLOSE_LIMIT_MILLIS);
        dispatcher.shutdownNow();
    }
}
