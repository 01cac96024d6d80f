// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Notifications of services that the recordings lack; the README beside the files says how they were made. */
final class Composed {
    static final int LINES = 1587;

    private Composed() {}

    static Stream<String> notifications() {
        return lines("composed.jsonl.gz");
    }

    static Stream<String> golden() {
        return lines("composed.golden.jsonl.gz");
    }

    private static Stream<String> lines(String name) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(Composed.class.getResourceAsStream(name))),
                StandardCharsets.UTF_8))) {
            return reader.lines().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
