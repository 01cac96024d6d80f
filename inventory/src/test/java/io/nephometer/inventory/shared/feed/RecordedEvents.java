// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What a real Nova said of some instances, in both formats, from their creation on. */
final class RecordedEvents {
    static final String RENAMED_AND_TAGGED = "882d3645";
    static final String LIVE_MIGRATED = "4b3a084f";
    static final String RESIZED_AND_REVERTED = "5881be62";
    static final String OFFLOADED = "fb521ae1";
    static final String NOT_BUILT = "4a755158";
    static final String DELETED = "9fe14209";
    static final String OF_VOLUME = "f0a0ede5";

    private RecordedEvents() {}

    record Event(String type, Instant at, @Nullable Object payload) {
        boolean isVersioned() {
            return type.startsWith("instance.");
        }

        String instance() {
            Payload values =
                    Payload.ofVersioned(payload).or(() -> Payload.of(payload)).orElseThrow();
            return Objects.requireNonNullElse(values.text("uuid"), String.valueOf(values.text("instance_id")));
        }

        Optional<InstanceEvent> told() {
            return InstanceEvents.read(type, at, payload);
        }
    }

    /** All, in the order in which they were told. */
    static List<Event> all() {
        return of("/recorded/instance-notifications.jsonl.gz");
    }

    /** The same of another recording. */
    static List<Event> of(String resource) {
        try (InputStream file = Objects.requireNonNull(RecordedEvents.class.getResourceAsStream(resource));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(RecordedEvents::event)
                    .sorted(Comparator.comparing(Event::at))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of one instance, of one format. */
    static List<Event> of(String id, boolean versioned) {
        return all().stream()
                .filter(event -> event.isVersioned() == versioned)
                .filter(event -> event.instance().startsWith(id))
                .toList();
    }

    private static Event event(String line) {
        Map<?, ?> message = map(map(map(line).get("body")).get("oslo.message"));
        String time = String.valueOf(message.get("timestamp")).replace(' ', 'T') + "Z";
        return new Event(String.valueOf(message.get("event_type")), Instant.parse(time), message.get("payload"));
    }

    private static Map<?, ?> map(@Nullable Object json) {
        try {
            return (Map<?, ?>) Objects.requireNonNull(Json.parse(String.valueOf(json)));
        } catch (JsonException e) {
            throw new IllegalStateException(e);
        }
    }
}
