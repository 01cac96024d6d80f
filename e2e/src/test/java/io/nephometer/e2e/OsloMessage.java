// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The envelope of OpenStack's messaging library, version 2.0: the message as JSON text within JSON. */
final class OsloMessage {
    private OsloMessage() {}

    static RawMessage of(String exchange, String routingKey, Map<String, ?> message) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("oslo.version", "2.0");
        envelope.put("oslo.message", Json.write(message));
        return new RawMessage(
                exchange,
                routingKey,
                Map.of("content_type", "application/json", "content_encoding", "utf-8", "delivery_mode", 2L),
                Bytes.utf8(Json.write(envelope)));
    }
}
