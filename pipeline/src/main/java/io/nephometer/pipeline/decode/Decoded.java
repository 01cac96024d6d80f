// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Failure;
import io.nephometer.model.MessageId;
import io.nephometer.model.RawMessage;
import org.jspecify.annotations.Nullable;

/** What the decoder found in a message. The raw message in it is fit to be stored: its secrets are masked. */
public sealed interface Decoded {
    /** A notification with everything that an event needs. */
    record Notified(RawMessage raw, MessageId id, BodyHash hash, Notification notification) implements Decoded {}

    /**
     * Not a notification, or one that lacks what every notification has.
     *
     * @param id null if none could be read
     */
    record Unreadable(RawMessage raw, @Nullable MessageId id, BodyHash hash, Failure failure) implements Decoded {}
}
