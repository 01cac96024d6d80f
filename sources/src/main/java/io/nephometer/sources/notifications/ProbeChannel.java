// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A channel for requests that the broker may refuse. A refusal closes a channel with all that it consumes, so this one
 * consumes nothing and is replaced after each. For one thread.
 */
final class ProbeChannel {
    /** A request, and its answer. */
    @FunctionalInterface
    interface Request<T> {
        T on(Channel channel) throws IOException;
    }

    private final Connection connection;
    private @Nullable Channel channel;

    ProbeChannel(Connection connection) {
        this.connection = connection;
    }

    /**
     * @throws RefusedException if the broker says no to this request alone
     * @throws IOException if the connection is broken
     */
    <T> T call(Request<T> request) throws IOException, RefusedException {
        try {
            return request.on(open());
        } catch (IOException e) {
            throw refusedOr(e);
        } catch (ShutdownSignalException e) {
            throw refusedOr(new IOException(e));
        }
    }

    /** Whether the passive request finds what it asks for. */
    boolean exists(Request<?> passive) throws IOException, RefusedException {
        try {
            call(passive);
            return true;
        } catch (RefusedException e) {
            if (e.code() == RefusedException.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private Channel open() throws IOException {
        Channel known = channel;
        if (known == null || !known.isOpen()) {
            known = connection.createChannel();
            if (known == null) {
                throw new IOException("the broker allows no more channels on this connection");
            }
            channel = known;
        }
        return known;
    }

    /** The exception to throw for {@code failure}, with the broker's code if it only refused. */
    private IOException refusedOr(IOException failure) throws RefusedException {
        Optional<RefusedException> refused = RefusedException.behind(failure);
        if (refused.isPresent()) {
            channel = null;
            throw refused.get();
        }
        return failure;
    }
}
