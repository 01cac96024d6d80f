// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens in on the services' exchanges through an exclusive queue that ends with it, and writes down what it hears. It takes
 * nothing from anybody and declares nothing but that queue. For one thread.
 */
final class CloudTap implements AutoCloseable {
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(1);

    private final CloudBroker broker;
    private final String queue;
    private final List<String> exchanges;
    private final List<String> topics;
    private @Nullable Listener listener;

    /**
     * @param broker owned from here on
     * @param exchanges those that are there
     * @param topics every priority of which is listened to
     */
    CloudTap(CloudBroker broker, String queue, List<String> exchanges, List<String> topics) {
        this.broker = broker;
        this.queue = queue;
        this.exchanges = List.copyOf(exchanges);
        this.topics = List.copyOf(topics);
    }

    /** From its return on, everything that reaches the exchanges comes into the manifest. */
    void open(Manifest manifest) throws IOException {
        Channel channel = broker.channel();
        channel.queueDeclare(queue, false, true, true, Map.of());
        for (String exchange : exchanges) {
            for (String topic : topics) {
                channel.queueBind(queue, exchange, topic + ".*");
            }
        }
        Listener started = new Listener(channel, manifest);
        channel.basicConsume(queue, true, started);
        listener = started;
    }

    /**
     * Hears no more, and returns when all that was heard is in the manifest.
     *
     * @throws IOException if the tap was cut off before, so that the manifest may lack something
     */
    void finish() throws IOException, InterruptedException {
        Listener running = listener;
        if (running == null) {
            throw new IOException("the tap was never opened");
        }
        Channel channel = running.getChannel();
        if (!channel.isOpen()) {
            throw new IOException(
                    "the tap lost its connection, so the manifest is not whole: " + channel.getCloseReason());
        }
        for (String exchange : exchanges) {
            for (String topic : topics) {
                channel.queueUnbind(queue, exchange, topic + ".*");
            }
        }
        long start = System.nanoTime();
        while (channel.messageCount(queue) > 0) {
            if (System.nanoTime() - start > DRAIN_LIMIT.toNanos()) {
                throw new IOException("the tap's queue did not run empty within " + DRAIN_LIMIT);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        running.end();
    }

    @Override
    public void close() {
        broker.close();
    }

    private static final class Listener extends DefaultConsumer {
        private final Manifest manifest;
        private final CountDownLatch ended = new CountDownLatch(1);

        Listener(Channel channel, Manifest manifest) {
            super(channel);
            this.manifest = manifest;
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                throws IOException {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            plain.put("content_type", properties.getContentType());
            plain.put("content_encoding", properties.getContentEncoding());
            plain.put("delivery_mode", properties.getDeliveryMode());
            plain.put("priority", properties.getPriority());
            plain.values().removeIf(value -> value == null);
            manifest.add(new RawMessage(envelope.getExchange(), envelope.getRoutingKey(), plain, Bytes.wrap(body)));
        }

        /** Comes after the last delivery. */
        @Override
        public void handleCancelOk(String tag) {
            ended.countDown();
        }

        void end() throws IOException, InterruptedException {
            getChannel().basicCancel(getConsumerTag());
            if (!ended.await(DRAIN_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the tap's last messages were not written down within " + DRAIN_LIMIT);
            }
        }
    }
}
