// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import io.nephometer.pipeline.decode.IsoTime;
import io.nephometer.pipeline.grammar.FieldException;
import io.nephometer.runtime.json.Json;
import java.time.DateTimeException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A notification with what all its samples share, made when it is first needed. For one thread. */
final class NotificationView {
    private final Map<String, @Nullable Object> tree;
    private @Nullable Map<String, @Nullable Object> metadata;
    private @Nullable IsoTime timestamp;

    NotificationView(Map<String, @Nullable Object> tree) {
        this.tree = tree;
    }

    Map<String, @Nullable Object> tree() {
        return tree;
    }

    /** The metadata of samples whose definition names none: the payload, the event type and the publisher. */
    Map<String, @Nullable Object> metadata() {
        if (metadata == null) {
            Map<String, @Nullable Object> made = new LinkedHashMap<>();
            if (tree.get("payload") instanceof Map<?, ?> payload) {
                for (Map.Entry<?, ?> entry : payload.entrySet()) {
                    made.put(String.valueOf(entry.getKey()), entry.getValue());
                }
            }
            made.put("event_type", tree.get("event_type"));
            made.put("host", tree.get("publisher_id"));
            metadata = Collections.unmodifiableMap(made);
        }
        return metadata;
    }

    /** When the notification was sent, as its sender wrote it. */
    IsoTime timestamp() {
        if (timestamp == null) {
            Object sent = tree.get("metadata") instanceof Map<?, ?> head ? head.get("timestamp") : null;
            timestamp = time(sent);
        }
        return timestamp;
    }

    /** @throws FieldException if {@code value} is no time */
    static IsoTime time(@Nullable Object value) {
        if (!(value instanceof String text)) {
            throw new FieldException("timestamp: expected an ISO 8601 time, found " + Json.write(value));
        }
        try {
            return IsoTime.parse(text);
        } catch (DateTimeException e) {
            throw new FieldException("timestamp: " + e.getMessage());
        }
    }
}
