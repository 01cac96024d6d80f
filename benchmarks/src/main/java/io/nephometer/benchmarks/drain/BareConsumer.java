// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.nephometer.runtime.json.Json;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The limits that the collector is held against, as programs of their own: a consumer that does nothing but count and
 * acknowledge, and one that also parses both stages of each notification with Jackson. They keep nothing.
 */
public final class BareConsumer {
    private static final int PREFETCH = 1_000;
    private static final int ACKNOWLEDGE_EVERY = 500;
    private static final long LIMIT_S = 300;

    private BareConsumer() {}

    /** What is done with a body. */
    @FunctionalInterface
    private interface Work {
        void on(byte[] body);
    }

    /** Arguments: port of the broker, queue, number of messages, {@code count} or {@code parse}. */
    public static void main(String[] arguments) throws Exception {
        int messages = Integer.parseInt(arguments[2]);
        DrainClock clock = new DrainClock(messages);
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(Integer.parseInt(arguments[0]));
        try (Connection connection = factory.newConnection("bare consumer")) {
            Channel channel = connection.createChannel();
            channel.basicQos(PREFETCH);
            channel.basicConsume(arguments[1], false, new Counting(channel, clock, messages, work(arguments[3])));
            if (!clock.awaitEnd(LIMIT_S)) {
                throw new IllegalStateException("not drained after " + LIMIT_S + " s");
            }
        }
        System.out.println(Json.write(clock.figures()));
    }

    private static Work work(String kind) {
        return switch (kind) {
            case "count" -> body -> {};
            case "parse" -> new TwoStageParse();
            default -> throw new IllegalArgumentException("neither count nor parse: " + kind);
        };
    }

    /** Reads the envelope, and the message inside it, as trees. */
    private static final class TwoStageParse implements Work {
        private final JsonMapper mapper = JsonMapper.builder().build();

        @Override
        public void on(byte[] body) {
            JsonNode message =
                    mapper.readTree(mapper.readTree(body).get("oslo.message").stringValue());
            if (!message.has("event_type")) {
                throw new IllegalStateException("a notification without event_type");
            }
        }
    }

    /** Counts, and acknowledges many at once. */
    private static final class Counting extends DefaultConsumer {
        private final DrainClock clock;
        private final int messages;
        private final Work work;
        private int seen;
        private int unsettled;

        Counting(Channel channel, DrainClock clock, int messages, Work work) {
            super(channel);
            this.clock = clock;
            this.messages = messages;
            this.work = work;
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                throws IOException {
            clock.begin();
            work.on(body);
            seen++;
            if (++unsettled >= ACKNOWLEDGE_EVERY || seen == messages) {
                getChannel().basicAck(envelope.getDeliveryTag(), true);
                clock.settle(unsettled);
                unsettled = 0;
            }
        }
    }
}
