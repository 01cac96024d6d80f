// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.decode.Notification;
import java.util.function.Consumer;

/** Turns one raw message into what is to be committed of it. Never throws for bad input. Thread-safe. */
@FunctionalInterface
public interface MessageProcessor {
    Processed process(RawMessage message);

    /**
     * The same, and lets {@code witness} see the notification in it.
     *
     * @param witness not called if there is none that can be read
     */
    default Processed process(RawMessage message, Consumer<? super Notification> witness) {
        return process(message);
    }
}
