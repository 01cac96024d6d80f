// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.Channel;
import io.nephometer.runtime.config.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The consumers of a session: one of each queue, or none. For one thread. */
final class Consumers {
    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(10);

    private final Session session;
    private final Channel channel;
    /** By tag. What a consumer says about its own tag comes later than its beginning, and may come too late. */
    private final Map<String, QueueConsumer> running = new LinkedHashMap<>();

    private int made;

    Consumers(Session session, Channel channel) {
        this.session = session;
        this.channel = channel;
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    /**
     * Begins to consume.
     *
     * @param prefetch of each queue. It holds for consumers that are made after it was set, on classic and quorum queues alike
     */
    void begin(List<String> queues, int prefetch) throws IOException {
        channel.basicQos(prefetch);
        for (String queue : queues) {
            QueueConsumer consumer = new QueueConsumer(session, queue);
            try {
                running.put(channel.basicConsume(queue, false, tag(), consumer), consumer);
            } catch (IOException e) {
                noteLoss(queue, e);
                throw e;
            }
        }
    }

    /** The broker tells consumers that their queue was deleted, but none was there just then. */
    private void noteLoss(String queue, IOException failure) {
        RefusedException.behind(failure)
                .filter(refused -> refused.code() == RefusedException.NOT_FOUND)
                .ifPresent(_ -> session.lost(queue));
    }

    /** In the order of their age: where the broker requeues for several consumers at once, it goes by their tags. */
    private String tag() {
        return "nephometer-%06d".formatted(++made);
    }

    /** Ends all; returns when nothing more can be delivered. */
    void end() throws IOException, InterruptedException {
        for (String tag : running.keySet()) {
            channel.basicCancel(tag);
        }
        for (QueueConsumer consumer : running.values()) {
            if (!consumer.awaitCancelled(CANCEL_LIMIT)) {
                throw new IOException(
                        "the end of the consumer was not confirmed within " + DurationText.print(CANCEL_LIMIT));
            }
        }
        running.clear();
    }
}
