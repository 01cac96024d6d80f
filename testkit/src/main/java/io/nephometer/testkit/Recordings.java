// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Notifications recorded on the bus of a real OpenStack (Zed), and what Ceilometer's own conversion code makes of them.
 *
 * <p>A recorded line is a JSON object {@code {"at","queue","exchange","routing_key","redelivered","properties","body"}} whose
 * {@code body} is the message's body as text. The golden line at the same position is {@code {"message_id","samples",
 * "event","dropped"?}}: samples sorted by (name, resource_id, volume), the event (or null) with its traits {@code [name,
 * dtype, value]} sorted by name, and the names of the meters whose volume was not a number.
 */
public final class Recordings {
    private static final List<String> NAMES = List.of("00-bootstrap", "exercise-1", "exercise-3", "mass-boot");

    private Recordings() {}

    /** The names of all recordings, in the order in which they were made. */
    public static List<String> names() {
        return NAMES;
    }

    /** The lines of the recording {@code name} as a consumer took them off the bus; close the stream after use. */
    public static Stream<String> notifications(String name) {
        return lines("/recorded/" + name + ".jsonl.gz");
    }

    /** What each line of the recording {@code name} is worth, in the same order; close the stream after use. */
    public static Stream<String> golden(String name) {
        return lines("/golden/" + name + ".golden.jsonl.gz");
    }

    private static Stream<String> lines(String resource) {
        InputStream packed = Recordings.class.getResourceAsStream(resource);
        if (packed == null) {
            throw new IllegalArgumentException("no such recording: " + resource);
        }
        BufferedReader reader = new BufferedReader(new InputStreamReader(unpacked(packed), StandardCharsets.UTF_8));
        return reader.lines().onClose(() -> close(reader));
    }

    private static InputStream unpacked(InputStream packed) {
        try {
            return new GZIPInputStream(packed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
