// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.decode.Decoded;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.preview.NotificationPreview;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares, line by line and whole, what definitions make of notifications with what a golden file says. */
final class GoldenComparison {
    private static final int SHOWN = 5;

    private final NotificationDecoder decoder =
            new NotificationDecoder(1 << 24, TimeWindow.unlimited(() -> Instant.parse("2026-11-22T12:00:00Z")));
    private final Definitions definitions;
    private final NotificationPreview preview;
    private final List<Difference> differences;
    private final Set<String> applied = new TreeSet<>();
    private final List<String> mismatches = new ArrayList<>();
    private int lines;

    GoldenComparison(Definitions definitions, List<Difference> differences) {
        this.definitions = definitions;
        this.preview = new NotificationPreview(definitions);
        this.differences = differences;
    }

    /** Compares all lines; closes both streams. */
    GoldenComparison compare(Stream<String> notifications, Stream<String> golden) throws JsonException {
        try (notifications;
                golden) {
            Iterator<String> expected = golden.iterator();
            for (String line : (Iterable<String>) notifications::iterator) {
                lines++;
                String message = messageIn(line);
                GoldenLine ours = GoldenLine.of(definitions, notified(message));
                compare(ours, GoldenLine.parse(map(expected.next())));
                // What people are shown is what they get.
                assertThat(GoldenLine.parse(preview.of(map(message)).toMap())).isEqualTo(ours);
            }
            assertThat(expected.hasNext()).as("golden lines left over").isFalse();
        }
        return this;
    }

    private void compare(GoldenLine ours, GoldenLine golden) {
        GoldenLine expected = golden;
        for (Difference difference : differences) {
            GoldenLine other = difference.applied(expected, ours).orElse(expected);
            if (!other.equals(expected)) {
                applied.add(difference.name());
                expected = other;
            }
        }
        if (!ours.equals(expected)) {
            mismatches.add("line " + lines + "\n  expected " + expected + "\n  but got  " + ours);
        }
    }

    /** The body in a line of a recording; a line that is a message itself. */
    private static String messageIn(String line) throws JsonException {
        return map(line).get("body") instanceof String body ? body : line;
    }

    private Decoded.Notified notified(String message) {
        Decoded decoded = decoder.decode(RawMessage.ofBody(Bytes.utf8(message)));
        if (decoded instanceof Decoded.Notified notified) {
            return notified;
        }
        throw new AssertionError("line " + lines + ": " + decoded);
    }

    @SuppressWarnings("unchecked") // the JSON reader makes maps with text keys only
    private static Map<String, @Nullable Object> map(String line) throws JsonException {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(Json.parse(line));
    }

    void assertSame(int expectedLines) {
        assertThat(lines).as("lines compared").isEqualTo(expectedLines);
        assertThat(mismatches.stream().limit(SHOWN))
                .as("%d of %d lines differ; the first of them:", mismatches.size(), lines)
                .isEmpty();
    }

    /** Names of the differences that were met. */
    Set<String> applied() {
        return applied;
    }
}
