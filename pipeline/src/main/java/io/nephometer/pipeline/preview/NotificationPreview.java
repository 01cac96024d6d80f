// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.preview;

import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a notification becomes, and why something is missing. Takes also what intake would refuse, such as a message
 * without an id, as far as definitions have something to say about it. Thread-safe.
 */
public final class NotificationPreview {
    private final EventPreview events;
    private final SamplePreview samples;

    /** @param definitions what notifications mean */
    public NotificationPreview(Definitions definitions) {
        this.events = new EventPreview(definitions.events());
        this.samples = new SamplePreview(definitions.meters());
    }

    /**
     * What becomes of a message.
     *
     * @param message as decoded from JSON: the notification with its {@code _context_*} keys, or the envelope around it
     */
    public Preview of(Map<String, @Nullable Object> message) {
        Map<String, @Nullable Object> content;
        try {
            content = opened(message);
        } catch (PreviewFailure e) {
            return new Preview(null, null, List.of(), List.of(), e.text(), e.text(), List.of());
        }
        Object id = content.get("message_id");
        String priority = content.get("priority") instanceof String sent ? sent.toLowerCase(Locale.ROOT) : "";
        Map<String, @Nullable Object> tree = NotificationDecoder.tree(content);
        List<String> remarks = new ArrayList<>();
        if (!(id instanceof String text) || text.isBlank()) {
            remarks.add("message_id is missing or no text: intake puts such a message into recovery");
        }
        Map<String, @Nullable Object> event = null;
        String eventFailure = null;
        try {
            event = events.of(tree, priority, remarks);
        } catch (PreviewFailure e) {
            eventFailure = e.text();
        }
        SamplePreview.Found found = SamplePreview.Found.NOTHING;
        String sampleFailure = null;
        try {
            found = samples.of(tree, priority, remarks);
        } catch (PreviewFailure e) {
            sampleFailure = e.text();
        }
        return new Preview(id, event, found.samples(), found.dropped(), eventFailure, sampleFailure, remarks);
    }

    @SuppressWarnings("unchecked") // the JSON reader makes maps with text keys only
    private static Map<String, @Nullable Object> opened(Map<String, @Nullable Object> message) throws PreviewFailure {
        if (!message.containsKey("oslo.version") || !(message.get("oslo.message") instanceof String inner)) {
            return message;
        }
        try {
            if (Json.parse(inner) instanceof Map<?, ?> content) {
                return (Map<String, @Nullable Object>) content;
            }
        } catch (JsonException e) {
            throw new PreviewFailure("oslo.message: " + e.getMessage());
        }
        throw new PreviewFailure("oslo.message: expected a map");
    }

    /** @throws PreviewFailure if the notification has no event type */
    static String eventType(Map<String, @Nullable Object> tree) throws PreviewFailure {
        if (tree.get("event_type") instanceof String type) {
            return type;
        }
        throw new PreviewFailure("event_type is missing or no text");
    }
}
