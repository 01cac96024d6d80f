// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import io.nephometer.sources.notifications.Broker;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/**
 * A connection to the cloud's broker. What it asks for is passive; what it deletes has a name given by the run. For one thread.
 */
public final class CloudBroker implements AutoCloseable {
    private final Connection connection;

    private CloudBroker(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects to the first broker of the address that answers.
     *
     * @param url as in {@link Broker#parse}
     * @throws IOException if none does; the message names them, and says what each said
     */
    public static CloudBroker connect(String url, String name) throws IOException {
        List<Broker> brokers = Broker.parse(url);
        List<Exception> failures = new ArrayList<>();
        for (Broker broker : brokers) {
            try {
                return new CloudBroker(factory(broker).newConnection(name));
            } catch (IOException | TimeoutException e) {
                failures.add(e);
            }
        }
        IOException none = new IOException("no broker answers: "
                + IntStream.range(0, brokers.size())
                        .mapToObj(number -> brokers.get(number) + " (" + reason(failures.get(number)) + ")")
                        .collect(Collectors.joining(", ")));
        failures.forEach(none::addSuppressed);
        throw none;
    }

    private static ConnectionFactory factory(Broker broker) throws IOException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(broker.host());
        factory.setPort(broker.port());
        factory.setUsername(broker.user());
        factory.setPassword(broker.password());
        factory.setVirtualHost(broker.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setThreadFactory(Thread.ofVirtual().name("cloud-", 0).factory());
        if (broker.tls()) {
            try {
                factory.useSslProtocol(SSLContext.getDefault());
            } catch (NoSuchAlgorithmException e) {
                throw new IOException("this Java has no TLS", e);
            }
            factory.enableHostnameVerification();
        }
        return factory;
    }

    /** A new channel of this connection. */
    public Channel channel() throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("the broker allows no more channels");
        }
        return channel;
    }

    /** Whether an exchange of this name is there. */
    public boolean hasExchange(String name) throws IOException {
        return answers("exchange " + name, channel -> channel.exchangeDeclarePassive(name));
    }

    /** Whether a queue of this name is there. */
    boolean hasQueue(String name) throws IOException {
        return answers("queue " + name, channel -> channel.queueDeclarePassive(name));
    }

    /** How many consume this queue; 0 if it is not there. */
    public long consumers(String queue) throws IOException {
        return hasQueue(queue) ? ask("queue " + queue, channel -> channel.consumerCount(queue)) : 0;
    }

    /** Whether somebody consumes this queue and nothing waits in it. */
    public boolean isReadToItsEnd(String queue) throws IOException {
        return ask("queue " + queue, channel -> {
            AMQP.Queue.DeclareOk found = channel.queueDeclarePassive(queue);
            return found.getConsumerCount() > 0 && found.getMessageCount() == 0;
        });
    }

    /** Makes an exchange of the run, of the type topic, which does not outlive a restart of the broker. */
    public void makeExchange(String name) throws IOException {
        ask("exchange " + name, channel -> channel.exchangeDeclare(name, BuiltinExchangeType.TOPIC));
    }

    /** Removes a queue of the run with what is in it, and an exchange of the same name. */
    public void remove(String name) throws IOException {
        ask("queue " + name, channel -> channel.queueDelete(name));
        ask("exchange " + name, channel -> channel.exchangeDelete(name));
    }

    private boolean answers(String what, Request<?> passive) throws IOException {
        try {
            ask(what, passive);
            return true;
        } catch (IOException e) {
            // Refused to see it is as good as seeing it: it is there.
            return switch (refusal(e)) {
                case AMQP.NOT_FOUND -> false;
                case AMQP.RESOURCE_LOCKED -> true;
                default -> throw e;
            };
        }
    }

    /** The code with which the broker closed the channel; 0 if it did not. */
    private static int refusal(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException signal
                        && signal.getReason() instanceof AMQP.Channel.Close close
                ? close.getReplyCode()
                : 0;
    }

    private <T> T ask(String what, Request<T> request) throws IOException {
        try {
            Channel channel = channel();
            T answer = request.on(channel);
            channel.abort();
            return answer;
        } catch (IOException e) { // its message is empty
            throw new IOException(
                    "the broker, asked for the " + what + ": " + reason(e),
                    Objects.requireNonNullElse(e.getCause(), e));
        } catch (ShutdownSignalException e) {
            throw new IOException("the broker, asked for the " + what + ": " + reason(e), e);
        }
    }

    /** What the broker said, if it said something. */
    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() == null && cause != null ? reason(cause) : failure.toString();
    }

    @Override
    public void close() {
        connection.abort();
    }

    /** Something to ask of the broker. */
    @FunctionalInterface
    interface Request<T> {
        T on(Channel channel) throws IOException;
    }
}
