// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.decode.Decoded;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.commit.RecoveryRow;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One notification that the bus carried, read by other means than the product's.
 *
 * @param id its {@code message_id}; null if none can be read
 * @param type its event type, or {@link #UNREADABLE}
 * @param priority as in the message, else as the routing key says
 * @param identity what recovery would know it by; only of those without an id, else empty
 */
record Carried(@Nullable String id, String type, String priority, String identity) {
    static final String UNREADABLE = "(no readable id)";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final NotificationDecoder DECODER =
            new NotificationDecoder(Integer.MAX_VALUE, TimeWindow.unlimited(WallClock.system()));

    static Carried of(RawMessage message) {
        JsonNode content = content(message);
        String id = text(content, "message_id", "");
        if (id.isBlank()) {
            return new Carried(null, UNREADABLE, "", identity(message));
        }
        String key = message.routingKey();
        String priority = text(content, "priority", key.substring(key.lastIndexOf('.') + 1));
        return new Carried(id, text(content, "event_type", UNREADABLE), priority, "");
    }

    private static @Nullable JsonNode content(RawMessage message) {
        try {
            JsonNode body = JSON.readTree(message.body().toArray());
            JsonNode inner = body.get("oslo.message");
            return inner != null && inner.isString() ? JSON.readTree(inner.stringValue()) : body;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static String text(@Nullable JsonNode content, String key, String otherwise) {
        JsonNode value = content == null ? null : content.get(key);
        return value != null && value.isString() ? value.stringValue() : otherwise;
    }

    private static String identity(RawMessage message) {
        RawMessage kept =
                switch (DECODER.decode(message)) {
                    case Decoded.Notified notified -> notified.raw();
                    case Decoded.Unreadable unreadable -> unreadable.raw();
                };
        return HexFormat.of().formatHex(RecoveryRow.identity(kept).toArray());
    }

    /** For a human: its type and what it can be found by. */
    String name() {
        return type + " " + (id == null ? identity : id);
    }

    /** Whether notifications of its kind give samples but no event. */
    boolean isSampleOnly() {
        return type.equals("telemetry.polling") || priority.equalsIgnoreCase("sample");
    }
}
