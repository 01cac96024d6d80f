// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification reduced to typed traits.
 *
 * @param id of the notification
 * @param type the event type, such as {@code compute.instance.create.end}
 * @param generated when the sender says it happened (its {@code timestamp}), never the time of processing
 * @param traits with unique names, in the order of the definition
 * @param raw the whole notification as JSON text if it is to be kept for its priority, tokens masked; else null
 */
public record Event(
        MessageId id,
        String type,
        Instant generated,
        List<Trait> traits,
        @Nullable String raw) {
    public Event {
        traits = List.copyOf(traits);
    }
}
