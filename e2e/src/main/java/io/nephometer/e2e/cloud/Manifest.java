// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import io.nephometer.model.RawMessage;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that the bus carried while the tap was open, in memory in short and in a file whole, as lines that
 * {@code nephometer ingest} reads. Thread-safe.
 */
final class Manifest implements AutoCloseable {
    private final Path file;
    private final BufferedWriter lines;
    private final Ticker ticker;
    private final List<Carried> carried = new ArrayList<>();
    private long lastArrival;

    /** @param file made, for its owner alone: notifications may hold secrets */
    Manifest(Path file, Ticker ticker) throws IOException {
        this.file = Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        this.lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        this.ticker = ticker;
        this.lastArrival = ticker.nanos();
    }

    synchronized void add(RawMessage message) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("exchange", message.exchange());
        line.put("routing_key", message.routingKey());
        line.put("properties", message.properties());
        line.put("body", new String(message.body().toArray(), StandardCharsets.UTF_8));
        lines.write(Json.write(line));
        lines.newLine();
        carried.add(Carried.of(message));
        lastArrival = ticker.nanos();
    }

    /** All so far, repeats included. */
    synchronized List<Carried> carried() {
        return List.copyOf(carried);
    }

    /** How long nothing has come. */
    synchronized Duration quiet() {
        return Duration.ofNanos(ticker.nanos() - lastArrival);
    }

    /** The lines; whole after {@link #flush}. */
    Path file() {
        return file;
    }

    synchronized void flush() throws IOException {
        lines.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        lines.close();
    }
}
