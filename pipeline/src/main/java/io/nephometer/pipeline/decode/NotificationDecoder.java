// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import io.nephometer.model.Failure.Kind;
import io.nephometer.model.MessageId;
import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.decode.Envelope.UnreadableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes a notification out of a message of the bus. What it refuses is listed in {@code docs/notifications.md}; nothing makes
 * it throw. Thread-safe.
 */
public final class NotificationDecoder {
    /** All that oslo.messaging has. */
    private static final Set<String> PRIORITIES =
            new TreeSet<>(Set.of("audit", "critical", "debug", "error", "info", "sample", "warn"));

    private static final String CONTEXT_PREFIX = "_context_";

    private final int maxBodyBytes;
    private final TimeWindow window;

    /**
     * @param maxBodyBytes larger bodies are not parsed
     * @param window what times are accepted
     */
    public NotificationDecoder(int maxBodyBytes, TimeWindow window) {
        this.maxBodyBytes = maxBodyBytes;
        this.window = window;
    }

    /** Why a time inside a message is not acceptable now; empty if it is. */
    public Optional<String> objectionTo(Instant time) {
        return window.objectionTo(time);
    }

    /** What the message is. */
    public Decoded decode(RawMessage message) {
        try {
            if (message.body().size() > maxBodyBytes) {
                throw new UnreadableException(
                        Kind.TOO_LARGE,
                        "the body has " + message.body().size() + " bytes, the limit (max_message_bytes) is "
                                + maxBodyBytes);
            }
            return read(message, Envelope.open(message.body()));
        } catch (UnreadableException e) {
            // of the content, before masking: under a larger limit the message may be read after all, and is the same
            // then
            return new Decoded.Unreadable(masked(message), null, Envelope.hash(message.body()), e.failure());
        }
    }

    private Decoded read(RawMessage message, Envelope envelope) {
        Map<String, @Nullable Object> content = envelope.message();
        RawMessage stored = Secrets.maskIn(content) ? masked(message) : message;
        MessageId id = null;
        try {
            id = new MessageId(text(content, "message_id", Kind.MISSING_MESSAGE_ID));
            String eventType = text(content, "event_type", Kind.MISSING_EVENT_TYPE);
            String timestamp = text(content, "timestamp", Kind.MISSING_TIMESTAMP);
            Notification notification =
                    new Notification(eventType, priority(message, content), time(timestamp), tree(content));
            return new Decoded.Notified(stored, id, envelope.hash(), notification);
        } catch (UnreadableException e) {
            return new Decoded.Unreadable(stored, id, envelope.hash(), e.failure());
        }
    }

    private static RawMessage masked(RawMessage message) {
        return message.withBody(Secrets.maskIn(message.body()));
    }

    private static String text(Map<String, @Nullable Object> content, String key, Kind missing)
            throws UnreadableException {
        Object value = content.get(key);
        if (value == null) {
            throw new UnreadableException(missing, key + (content.containsKey(key) ? " is null" : " is missing"));
        }
        if (!(value instanceof String text)) {
            throw new UnreadableException(Kind.WRONG_TYPE, key + " is not a text but " + Envelope.shown(value));
        }
        if (text.isBlank()) {
            throw new UnreadableException(missing, key + " is blank");
        }
        return text;
    }

    private Instant time(String timestamp) throws UnreadableException {
        Instant time;
        try {
            time = IsoTime.parse(timestamp).instant();
        } catch (DateTimeException e) {
            throw new UnreadableException(Kind.BAD_TIMESTAMP, "timestamp is not a time: " + Envelope.shown(timestamp));
        }
        var objection = window.objectionTo(time);
        if (objection.isPresent()) {
            throw new UnreadableException(Kind.OUTSIDE_TIME_WINDOW, objection.get());
        }
        return time;
    }

    /** As the message says, else as the routing key says ({@code notifications.info}). */
    private static String priority(RawMessage message, Map<String, @Nullable Object> content)
            throws UnreadableException {
        String key = message.routingKey();
        String sent = content.get("priority") instanceof String text ? text : key.substring(key.lastIndexOf('.') + 1);
        String priority = sent.toLowerCase(Locale.ROOT);
        if (!PRIORITIES.contains(priority)) {
            throw new UnreadableException(
                    Kind.UNKNOWN_PRIORITY,
                    "priority is " + Envelope.shown(content.get("priority")) + ", routing key \"" + key
                            + "\"; expected one of " + PRIORITIES);
        }
        return priority;
    }

    /** The tree that definitions look at, built from the message as it was sent. */
    public static Map<String, @Nullable Object> tree(Map<String, @Nullable Object> content) {
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        content.forEach((key, value) -> {
            if (key.startsWith(CONTEXT_PREFIX)) {
                context.put(key.substring(CONTEXT_PREFIX.length()), value);
            }
        });
        context.putIfAbsent("client_timeout", null); // as oslo.messaging has it, so that a text of ctxt is the same
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("message_id", content.get("message_id"));
        metadata.put("timestamp", content.get("timestamp"));
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("ctxt", context);
        tree.put("publisher_id", content.get("publisher_id"));
        tree.put("event_type", content.get("event_type"));
        tree.put("payload", content.get("payload"));
        tree.put("metadata", metadata);
        return tree;
    }
}
