// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import io.nephometer.sources.polling.bus.CarryReport.Trouble;
import java.io.IOException;

/** Nothing can be published now. */
final class LinkException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int ACCESS_REFUSED = 403;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 406;
    private static final int CONTENT_TOO_LARGE = 311;

    private final Trouble trouble;

    LinkException(Trouble trouble, String message) {
        super(message);
        this.trouble = trouble;
    }

    private LinkException(Trouble trouble, String message, Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
    }

    Trouble trouble() {
        return trouble;
    }

    /** What a failure of the library means, by the broker's code. */
    static LinkException of(Throwable failure, String exchange) {
        Throwable deepest = failure instanceof IOException && failure.getCause() != null ? failure.getCause() : failure;
        if (deepest instanceof ShutdownSignalException signal) {
            Method reason = signal.getReason();
            if (reason instanceof AMQP.Channel.Close close) {
                return ofCode(close.getReplyCode(), close.getReplyText(), exchange, failure);
            }
            if (reason instanceof AMQP.Connection.Close close) {
                return new LinkException(Trouble.UNREACHABLE, close.getReplyText(), failure);
            }
        }
        return new LinkException(Trouble.UNREACHABLE, "the connection broke: " + deepest, failure);
    }

    private static LinkException ofCode(int code, String text, String exchange, Throwable failure) {
        return switch (code) {
            case NOT_FOUND ->
                new LinkException(Trouble.NO_EXCHANGE, "there is no exchange " + exchange + ": " + text, failure);
            case ACCESS_REFUSED -> new LinkException(Trouble.NOT_PERMITTED, text, failure);
            case CONTENT_TOO_LARGE, PRECONDITION_FAILED -> new LinkException(Trouble.UNACCEPTABLE, text, failure);
            default -> new LinkException(Trouble.UNREACHABLE, text, failure);
        };
    }
}
