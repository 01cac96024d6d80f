// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.testkit.Recordings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recorded notifications of a real cloud as messages, and any number of copies of them under fresh message ids. Only those
 * of the topic {@code notifications}, which the collector subscribes to by default: the recordings also hold what Nova said
 * the other way ({@code versioned_notifications}), of which no samples come.
 */
public final class RecordedNotifications {
    private static final Pattern MESSAGE_ID =
            Pattern.compile("(\\\\?\"message_id\\\\?\": ?\\\\?\")([^\"\\\\]+)(\\\\?\")");

    private static final String TOPIC = "notifications.";

    private RecordedNotifications() {}

    /** All that the collector takes by default, in the order in which they were recorded; close the stream after use. */
    public static Stream<RawMessage> asRecorded() {
        return everything().filter(message -> message.routingKey().startsWith(TOPIC));
    }

    /** Everything that was recorded, of all topics; close the stream after use. */
    public static Stream<RawMessage> everything() {
        return Recordings.names().stream().flatMap(Recordings::notifications).map(RecordedNotifications::message);
    }

    /** {@code count} of them, spread evenly over all that were recorded. */
    public static List<RawMessage> sample(int count) {
        List<RawMessage> all = new ArrayList<>();
        try (Stream<RawMessage> recorded = asRecorded()) {
            recorded.forEach(all::add);
        }
        List<RawMessage> sample = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sample.add(all.get((int) ((long) i * all.size() / count)));
        }
        return sample;
    }

    /** Without end: all of them over and over, each under a message id that no other message has; close it after use. */
    public static Stream<RawMessage> fresh() {
        return Stream.generate(RecordedNotifications::asRecorded)
                .flatMap(round -> round)
                .map(RecordedNotifications::withFreshId);
    }

    /** The same message as if sent again by a service that found something new to say. */
    static RawMessage withFreshId(RawMessage message) {
        String body = new String(message.body().unsafeArray(), StandardCharsets.UTF_8);
        Matcher id = MESSAGE_ID.matcher(body);
        if (!id.find()) {
            throw new IllegalStateException("no message_id in " + body);
        }
        String fresh = body.substring(0, id.start(2)) + UUID.randomUUID() + body.substring(id.end(2));
        return message.withBody(Bytes.wrap(fresh.getBytes(StandardCharsets.UTF_8)));
    }

    private static RawMessage message(String line) {
        try {
            if (Json.parse(line) instanceof Map<?, ?> recorded
                    && recorded.get("exchange") instanceof String exchange
                    && recorded.get("routing_key") instanceof String routingKey
                    && recorded.get("properties") instanceof Map<?, ?> properties
                    && recorded.get("body") instanceof String body) {
                return new RawMessage(
                        exchange, routingKey, texts(properties), Bytes.wrap(body.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (JsonException e) {
            throw new IllegalStateException("not JSON: " + line, e);
        }
        throw new IllegalStateException("not a recorded message: " + line);
    }

    private static Map<String, @Nullable Object> texts(Map<?, ?> map) {
        Map<String, @Nullable Object> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(String.valueOf(key), value));
        return texts;
    }
}
