// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Conformance vectors: small definition files, notifications, and what Ceilometer 19 makes of them, made by running it.
 *
 * <p>A line is a JSON object with {@code name}, {@code about}, the definitions as YAML text ({@code event_definitions} or
 * {@code meters}), {@code conf} (options of the {@code event} section), {@code notifications}, and {@code expected} in the same order: {@code event} or
 * {@code samples}, {@code errors} where the conversion raised, {@code dropped} meters. {@code invalid} is true where nothing loads, and
 * {@code "definition-skipped"} where faulty meter definitions are left out.
 */
public final class Vectors {
    private Vectors() {}

    /** The cases of event definitions. */
    public static List<String> events() {
        return lines("/vectors/events.jsonl");
    }

    /** The cases of meter definitions. */
    public static List<String> meters() {
        return lines("/vectors/meters.jsonl");
    }

    /**
     * The cases of polling sources: {@code polling_yaml}, {@code meter_names} of all pollsters, and {@code expected}, the matched
     * pollsters by source or an {@code error}; {@code tasks} by interval.
     */
    public static List<String> pollingSources() {
        return lines("/vectors/polling-sources.jsonl");
    }

    /**
     * The cases of dynamic pollsters: {@code definition} is one file, {@code endpoints} by service type, {@code responses} by path, {@code
     * modules} of Python; {@code expected}: {@code samples}, an {@code error} and its {@code stage}; {@code requests} in order.
     */
    public static List<String> dynamicPollsters() {
        return lines("/vectors/dynamic-pollsters.jsonl");
    }

    /** The cases of signatures: {@code secret}, {@code message} or {@code decoded} notifications, and {@code signature}. */
    public static List<String> signatures() {
        return lines("/vectors/signatures.jsonl");
    }

    private static List<String> lines(String resource) {
        InputStream stream = Vectors.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("no vectors: " + resource);
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
