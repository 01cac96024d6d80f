// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why there is no connection, in words for a human. */
final class BrokerReason {
    private BrokerReason() {}

    /** Why {@code broker} could not be reached. */
    static String ofFailure(Broker broker, Exception failure) {
        return switch (failure) {
            case AuthenticationFailureException refused -> refusedUser(broker);
            case PossibleAuthenticationFailureException refused -> refusedUser(broker);
            case UnknownHostException unknown -> "no such host";
            case ConnectException refused -> "nobody listens there (" + refused.getMessage() + ")";
            case SocketTimeoutException late -> "no answer in time";
            case TimeoutException late -> "no answer in time";
            case SSLException tls -> "TLS failed: " + tls.getMessage();
            case NoSuchFileException missing -> "there is no file " + missing.getFile();
            default -> deepest(failure);
        };
    }

    private static String refusedUser(Broker broker) {
        return "the broker refused user " + broker.user() + " (wrong password, or no such user)";
    }

    /** Why a connection or channel ended: what the broker said, else what the library says. */
    static String ofEnd(ShutdownSignalException signal) {
        Method reason = signal.getReason();
        if (reason instanceof AMQP.Connection.Close close) {
            return close.getReplyText();
        }
        if (reason instanceof AMQP.Channel.Close close) {
            return close.getReplyText();
        }
        Throwable cause = signal.getCause();
        return cause == null ? String.valueOf(signal.getMessage()) : signal.getMessage() + " (" + cause + ")";
    }

    /** The library wraps what the broker said. */
    private static String deepest(Throwable failure) {
        if (failure instanceof ShutdownSignalException signal) {
            return ofEnd(signal);
        }
        Throwable cause = failure.getCause();
        if (cause != null) {
            return deepest(cause);
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
