// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.json.Json;
import io.nephometer.testkit.NotificationPublisher;
import io.nephometer.testkit.Recordings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a sender sent.
 *
 * @param messages in the order of sending, those sent twice included
 * @param notifications the ids of the notifications, each once
 * @param polled the own ids of the polled samples in {@code telemetry.polling} messages
 * @param unreadable how many messages are no notifications
 * @param duplicates how many messages were sent a second time
 */
record Manifest(
        List<RawMessage> messages, List<String> notifications, List<String> polled, int unreadable, int duplicates) {
    /** The exchanges that the messages go to. */
    static final List<String> EXCHANGES = List.of("keystone", "glance", "neutron", "nova", "cinder", "ceilometer");

    private static final int SAMPLES_PER_ENVELOPE = 5;

    /**
     * Recorded notifications under ids of their own, with messages of a polling agent, duplicates (1 %) and three that cannot
     * be read among them.
     *
     * @param seed ids differ from those of manifests with another seed
     * @param size of {@code messages}
     */
    static Manifest mixed(long seed, int size) {
        Draft draft = new Draft(seed);
        List<Recorded> recorded = recorded(size);
        for (int i = 0; draft.messages.size() < size; i++) {
            draft.notification(recorded.get(i % recorded.size()));
            if (i % 100 == 50) {
                draft.polling();
                draft.duplicate();
            }
            if (i % (size / 3) == 77) {
                draft.unreadable();
            }
        }
        return draft.finish(size);
    }

    /** Recorded notifications only, under ids of their own. */
    static Manifest plain(long seed, int size) {
        Draft draft = new Draft(seed);
        recorded(size).forEach(draft::notification);
        return draft.finish(size);
    }

    /** The same with one more message. */
    Manifest with(RawMessage message, int index) {
        List<RawMessage> more = new ArrayList<>(messages);
        more.add(index, message);
        return new Manifest(more, notifications, polled, unreadable, duplicates);
    }

    /** Writes the messages as a recording. */
    Path write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (RawMessage message : messages) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("exchange", message.exchange());
            line.put("routing_key", message.routingKey());
            line.put("properties", message.properties());
            line.put("body", message.body().toText());
            lines.add(Json.write(line));
        }
        return Files.write(file, lines, StandardCharsets.UTF_8);
    }

    /** A notification with the id under which it was recorded. */
    private record Recorded(RawMessage message, String id) {
        RawMessage as(String newId) {
            return message.withBody(Bytes.utf8(message.body().toText().replace(id, newId)));
        }
    }

    private static List<Recorded> recorded(int most) {
        List<Recorded> all = new ArrayList<>();
        for (String name : List.of("exercise-1", "exercise-3")) {
            try (Stream<String> lines = Recordings.notifications(name)) {
                lines.limit(most).map(NotificationPublisher::message).forEach(message -> {
                    String id = messageId(message);
                    if (id != null && EXCHANGES.contains(message.exchange())) {
                        all.add(new Recorded(message, id));
                    }
                });
            }
        }
        return all.subList(0, Math.min(most, all.size()));
    }

    private static @Nullable String messageId(RawMessage message) {
        String body = message.body().toText();
        String key = "\\\"message_id\\\": \\\"";
        int at = body.indexOf(key);
        return at < 0 ? null : body.substring(at + key.length(), at + key.length() + 36);
    }

    /** A manifest that grows. */
    private static final class Draft {
        private final long seed;
        private final List<RawMessage> messages = new ArrayList<>();
        private final List<String> notifications = new ArrayList<>();
        private final List<String> polled = new ArrayList<>();
        private int unreadable;
        private int duplicates;
        private int ids;

        Draft(long seed) {
            this.seed = seed;
        }

        private String freshId() {
            return new UUID(0x4000L | (seed << 16), 0x8000_0000_0000_0000L | ids++).toString();
        }

        void notification(Recorded recorded) {
            String id = freshId();
            notifications.add(id);
            messages.add(recorded.as(id));
        }

        void duplicate() {
            messages.add(messages.get(messages.size() - 7));
            duplicates++;
        }

        void unreadable() {
            messages.add(new RawMessage(
                    "nova", "notifications.info", Map.of(), Bytes.utf8("{\"oslo.version\": cut off " + freshId())));
            unreadable++;
        }

        void polling() {
            List<Map<String, @Nullable Object>> samples = new ArrayList<>();
            for (int i = 0; i < SAMPLES_PER_ENVELOPE; i++) {
                samples.add(PolledMessage.sample(freshId(), i));
                polled.add(String.valueOf(samples.getLast().get("message_id")));
            }
            messages.add(PolledMessage.envelope(freshId(), samples));
        }

        Manifest finish(int size) {
            if (messages.size() < size) {
                throw new IllegalStateException("only " + messages.size() + " messages, not " + size);
            }
            return new Manifest(
                    List.copyOf(messages), List.copyOf(notifications), List.copyOf(polled), unreadable, duplicates);
        }
    }
}
