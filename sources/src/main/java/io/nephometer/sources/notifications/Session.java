// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from its opening to its loss, with one channel that consumes and one that asks. What it delivered can be
 * settled only in it; when it is over, the broker gives all of that to somebody again.
 */
final class Session implements AutoCloseable {
    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(10);
    private static final int CLOSE_LIMIT_MILLIS = 5_000;

    private final Broker broker;
    private final Connection connection;
    private final ExecutorService dispatcher;
    private final Inbox inbox;
    private final Runnable onEnd;
    private final Channel intake;
    private final ProbeChannel probe;
    private final Unsettled unsettled = new Unsettled();
    private final AtomicReference<@Nullable String> ended = new AtomicReference<>();
    /** Of the supervising thread. */
    private final List<QueueConsumer> consumers = new ArrayList<>();

    /** @param dispatcher owned from here on */
    Session(Broker broker, Connection connection, ExecutorService dispatcher, int prefetch, Inbox inbox, Runnable onEnd)
            throws IOException {
        this.broker = broker;
        this.connection = connection;
        this.dispatcher = dispatcher;
        this.inbox = inbox;
        this.onEnd = onEnd;
        this.probe = new ProbeChannel(connection);
        this.intake = connection.createChannel();
        intake.basicQos(prefetch);
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
            onEnd.run();
        }
    }

    /** Why it is over; null as long as it is not. */
    @Nullable String ended() {
        return ended.get();
    }

    void delivered(RabbitMqDelivery delivery) {
        unsettled.add(delivery);
        inbox.add(delivery);
    }

    int unsettled() {
        return unsettled.size();
    }

    boolean isConsuming() {
        return !consumers.isEmpty();
    }

    void consume(List<String> queues) throws IOException {
        for (String queue : queues) {
            QueueConsumer consumer = new QueueConsumer(this, queue);
            intake.basicConsume(queue, false, consumer);
            consumers.add(consumer);
        }
    }

    /** Stops consuming and gives back what waits in the inbox. */
    void stopConsuming() throws IOException, InterruptedException {
        for (QueueConsumer consumer : consumers) {
            intake.basicCancel(consumer.getConsumerTag());
        }
        for (QueueConsumer consumer : consumers) {
            if (!consumer.awaitCancelled(CANCEL_LIMIT)) {
                throw new IOException("the end of the consumer was not confirmed within " + CANCEL_LIMIT);
            }
        }
        consumers.clear();
        giveBack(inbox.remove(delivery -> delivery.session() == this && !delivery.isOrphan()));
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
        try {
            unsettled.settle(deliveries, frame);
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
