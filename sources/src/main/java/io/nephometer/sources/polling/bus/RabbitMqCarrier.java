// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ReturnListener;
import com.rabbitmq.client.ShutdownSignalException;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.DurationText;
import io.nephometer.sources.polling.bus.CarryReport.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/**
 * Publishes to RabbitMQ with confirmations. A message is delivered when the broker says that it is in a queue: one that no queue
 * is bound for comes back and is not.
 */
public final class RabbitMqCarrier implements MessageCarrier, AutoCloseable {
    private static final Duration REMINDER = Duration.ofMinutes(10);
    /** As OpenStack's services send theirs: persistent, JSON. */
    private static final AMQP.BasicProperties PROPERTIES = new AMQP.BasicProperties.Builder()
            .contentType("application/json")
            .contentEncoding("utf-8")
            .headers(Map.of())
            .deliveryMode(2)
            .priority(0)
            .build();

    private final CarrierOptions options;
    private final PublishingLink link;
    private final BusObserver observer;
    private final StateLog log;
    private volatile Health health = new Health.Up("nothing was sent yet");

    public RabbitMqCarrier(CarrierOptions options, Ticker ticker, BusObserver observer) {
        this.options = options;
        this.link = new PublishingLink(options, ticker);
        this.observer = observer;
        this.log = new StateLog(
                LoggerFactory.getLogger(RabbitMqCarrier.class), "Measurements to the bus", REMINDER, ticker);
    }

    /** Whether the last messages were delivered. */
    public Health health() {
        return health;
    }

    @Override
    public CarryReport carry(List<PollingMessage> messages) throws InterruptedException {
        CarryReport report = messages.isEmpty() ? CarryReport.delivered() : attempt(messages);
        note(messages, report);
        return report;
    }

    private void note(List<PollingMessage> messages, CarryReport report) {
        int samples = 0;
        long bytes = 0;
        Set<PollingMessage> undelivered = Set.copyOf(report.undelivered());
        for (PollingMessage message : messages) {
            if (!undelivered.contains(message)) {
                samples += message.samples();
                bytes += message.body().length();
            }
        }
        observer.delivered(messages.size() - undelivered.size(), samples, bytes);
        Trouble trouble = report.trouble();
        if (trouble == null) {
            health = new Health.Up("delivered to exchange " + options.exchange());
            log.well("delivered again");
        } else {
            observer.undelivered(trouble, undelivered.size());
            health = new Health.Degraded("not delivered, " + trouble.label() + ": " + report.detail());
            log.trouble(trouble.label(), report.detail());
        }
    }

    /** On a thread of its own: a broker that stops reading blocks who writes, and nothing wakes him. */
    private CarryReport attempt(List<PollingMessage> messages) throws InterruptedException {
        FutureTask<CarryReport> task = new FutureTask<>(() -> publish(messages));
        Thread.ofVirtual().name("polling-publish").start(task);
        try {
            return task.get(link.mostNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return late(messages, "the broker does not read what is sent");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return failed(messages, cause == null ? e : cause);
        }
    }

    /** The channel may be in any state; the messages can wait on disk until a person looks. */
    private CarryReport failed(List<PollingMessage> messages, Throwable defect) {
        if (defect instanceof Error fatal) {
            throw fatal;
        }
        link.drop();
        return new CarryReport(
                messages,
                Trouble.FAILED,
                "sending to exchange " + options.exchange() + " with key " + options.routingKey() + ": " + defect);
    }

    private CarryReport publish(List<PollingMessage> messages) throws InterruptedException {
        try {
            Channel channel = link.channel();
            CarryReport report = publish(channel, messages);
            link.giveBack(channel);
            return report;
        } catch (LinkException e) {
            return new CarryReport(messages, e.trouble(), String.valueOf(e.getMessage()));
        } catch (IOException | ShutdownSignalException e) {
            LinkException failure = LinkException.of(e, options.exchange());
            return new CarryReport(messages, failure.trouble(), String.valueOf(failure.getMessage()));
        } catch (TimeoutException e) {
            return late(messages, "no confirmation within " + DurationText.print(options.confirmation()));
        }
    }

    /** A broker that said why it is late is left alone; another connection would only be blocked as well. */
    private CarryReport late(List<PollingMessage> messages, String detail) {
        if (link.isBlocked()) {
            return new CarryReport(messages, Trouble.BLOCKED, PublishingLink.BLOCKED);
        }
        link.drop();
        return new CarryReport(messages, Trouble.UNCONFIRMED, detail);
    }

    private CarryReport publish(Channel channel, List<PollingMessage> messages)
            throws IOException, InterruptedException, TimeoutException {
        Returned returned = new Returned();
        channel.addReturnListener(returned);
        try {
            for (PollingMessage message : messages) {
                AMQP.BasicProperties properties =
                        PROPERTIES.builder().messageId(message.id()).build();
                channel.basicPublish(
                        options.exchange(),
                        options.routingKey(),
                        true,
                        properties,
                        message.body().getBytes(StandardCharsets.UTF_8));
            }
            boolean taken = channel.waitForConfirms(options.confirmation().toMillis());
            return report(messages, taken, returned.ids);
        } finally {
            channel.removeReturnListener(returned);
        }
    }

    private CarryReport report(List<PollingMessage> messages, boolean taken, Set<String> returned) {
        if (!taken) {
            return new CarryReport(messages, Trouble.REFUSED, "the broker did not take them");
        }
        List<PollingMessage> unroutable = messages.stream()
                .filter(message -> returned.contains(message.id()))
                .toList();
        return unroutable.isEmpty()
                ? CarryReport.delivered()
                : new CarryReport(
                        unroutable,
                        Trouble.UNROUTABLE,
                        "no queue is bound to exchange " + options.exchange() + " for " + options.routingKey());
    }

    /** The library tells of a returned message before it tells that it is confirmed. */
    private static final class Returned implements ReturnListener {
        private final Set<String> ids = ConcurrentHashMap.newKeySet();

        @Override
        public void handleReturn(
                int code, String text, String exchange, String key, AMQP.BasicProperties properties, byte[] body) {
            ids.add(properties.getMessageId());
        }
    }

    /** Closes the connection. */
    @Override
    public void close() {
        link.close();
    }
}
