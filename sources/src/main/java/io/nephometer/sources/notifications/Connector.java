// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import io.nephometer.runtime.tls.TlsContext;
import io.nephometer.runtime.tls.TlsOptions;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens sessions. The library's own recovery is switched off: it would bring back connection and consumers by itself, and hide
 * from us when we were away, which is what gaps are made of.
 */
final class Connector {
    /** As large as RabbitMQ's own default allows; the library's is half of that. A larger one would end each connection. */
    private static final int MAX_BODY_BYTES = 128 << 20;

    private final RabbitMqOptions options;

    Connector(RabbitMqOptions options) {
        this.options = options;
    }

    /** @throws IOException if there is no connection; the message says why, for a human */
    Session open(Broker broker, Inbox inbox, Runnable wake) throws IOException {
        ExecutorService dispatcher = dispatcher();
        try {
            Connection connection = factory(broker, options.tls(), options.timing())
                    .newConnection(dispatcher, options.connectionName());
            return session(broker, connection, dispatcher, inbox, wake);
        } catch (IOException | TimeoutException e) {
            dispatcher.shutdownNow();
            throw new IOException(broker.address() + ": " + BrokerReason.ofFailure(broker, e), e);
        }
    }

    /**
     * One thread, so that deliveries keep their order. The library may go on dispatching after we have given a connection up;
     * that is dropped without a word, since the broker gives all of it to somebody again.
     */
    static ExecutorService dispatcher() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofVirtual().name("rabbitmq-dispatch-", 0).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private Session session(
            Broker broker, Connection connection, ExecutorService dispatcher, Inbox inbox, Runnable wake)
            throws IOException {
        try {
            return new Session(
                    broker,
                    connection,
                    dispatcher,
                    new Prefetch(options.prefetch(), options.maxHeldBytes()),
                    inbox,
                    wake);
        } catch (IOException | ShutdownSignalException e) {
            connection.abort();
            throw new IOException("no channel: " + e, e);
        }
    }

    /** How to reach a broker, without the recovery of the library. */
    static ConnectionFactory factory(Broker broker, TlsOptions tls, LinkTiming timing) throws IOException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(broker.host());
        factory.setPort(broker.port());
        factory.setUsername(broker.user());
        factory.setPassword(broker.password());
        factory.setVirtualHost(broker.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setRequestedHeartbeat(Math.toIntExact(timing.heartbeat().toSeconds()));
        factory.setConnectionTimeout(Math.toIntExact(timing.connect().toMillis()));
        factory.setHandshakeTimeout(Math.toIntExact(timing.connect().toMillis()));
        factory.setChannelRpcTimeout(Math.toIntExact(timing.answer().toMillis()));
        factory.setMaxInboundMessageBodySize(MAX_BODY_BYTES);
        factory.setThreadFactory(Thread.ofVirtual().name("rabbitmq-", 0).factory());
        if (broker.tls()) {
            factory.useSslProtocol(TlsContext.of(tls));
            factory.enableHostnameVerification();
        }
        return factory;
    }
}
