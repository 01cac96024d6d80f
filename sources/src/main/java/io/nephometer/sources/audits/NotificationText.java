// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Bytes;
import io.nephometer.model.MessageId;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A notification as Nova's compute service would send it. */
record NotificationText(
        MessageId id, String type, @Nullable String host, Instant time, Map<String, @Nullable Object> payload) {
    RawMessage message() {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("message_id", id.text());
        content.put("publisher_id", host == null ? "audit" : "audit." + host);
        content.put("event_type", type);
        content.put("priority", "INFO");
        content.put("payload", payload);
        content.put("timestamp", NovaTime.timestamp(time));
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("oslo.version", "2.0");
        envelope.put("oslo.message", Json.write(content));
        return new RawMessage(
                "nova",
                "notifications.info",
                Map.of("content_type", "application/json", "content_encoding", "utf-8"),
                Bytes.utf8(Json.write(envelope)));
    }
}
