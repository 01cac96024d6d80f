// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Optional;

/** The broker refused one request and closed the channel it came on; the connection is well. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** No such queue or exchange. */
    static final int NOT_FOUND = 404;
    /** The user lacks a permission. */
    static final int ACCESS_REFUSED = 403;
    /** It exists with other properties. */
    static final int PRECONDITION_FAILED = 406;

    private final int code;

    RefusedException(int code, String text, Throwable cause) {
        super(text, cause);
        this.code = code;
    }

    /** What the broker refused, if that is why a request failed; empty if more is broken than its channel. */
    static Optional<RefusedException> behind(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException signal
                        && !signal.isHardError()
                        && signal.getReason() instanceof AMQP.Channel.Close close
                ? Optional.of(new RefusedException(close.getReplyCode(), close.getReplyText(), failure))
                : Optional.empty();
    }

    /** AMQP's reply code. */
    int code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
