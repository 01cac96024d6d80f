// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message as the bus or a file gave it, before anyone looked inside.
 *
 * @param exchange the exchange it was published to; empty if unknown (a file of bare envelopes)
 * @param routingKey topic and priority, such as {@code notifications.info}; empty if unknown
 * @param properties AMQP properties as plain JSON values (text, numbers, booleans, maps, lists)
 * @param body the bytes of the body
 */
public record RawMessage(String exchange, String routingKey, Map<String, @Nullable Object> properties, Bytes body) {
    public RawMessage {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** A message of which only the body is known. */
    public static RawMessage ofBody(Bytes body) {
        return new RawMessage("", "", Map.of(), body);
    }

    /** The same message with another body: masked, or edited by an operator. */
    public RawMessage withBody(Bytes other) {
        return new RawMessage(exchange, routingKey, properties, other);
    }
}
