// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.Connection;
import io.nephometer.runtime.tls.TlsOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Opens connections for who publishes, as {@link Connector} does for who consumes. */
public final class PublisherConnector {
    private final List<Broker> brokers;
    private final TlsOptions tls;
    private final LinkTiming timing;
    private final String name;

    /**
     * @param brokers tried in turn
     * @param name how the broker's administrator sees the connections
     */
    public PublisherConnector(List<Broker> brokers, TlsOptions tls, LinkTiming timing, String name) {
        this.brokers = List.copyOf(brokers);
        this.tls = tls;
        this.timing = timing;
        this.name = name;
    }

    /**
     * A connection to the first broker that answers. It does not recover by itself.
     *
     * @throws IOException if none answers; the message says of each why
     */
    public Connection open() throws IOException {
        List<String> reasons = new ArrayList<>();
        List<Exception> causes = new ArrayList<>();
        for (Broker broker : brokers) {
            try {
                return Connector.factory(broker, tls, timing).newConnection(name);
            } catch (IOException | TimeoutException e) {
                reasons.add(broker.address() + ": " + BrokerReason.ofFailure(broker, e));
                causes.add(e);
            }
        }
        IOException failure = new IOException(String.join("; ", reasons), causes.getLast());
        causes.subList(0, causes.size() - 1).forEach(failure::addSuppressed);
        throw failure;
    }
}
