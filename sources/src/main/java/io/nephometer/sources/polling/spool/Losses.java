// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.model.Slot;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was dropped and not told yet, by source and interval. Survives a restart if the disk takes it. Not thread-safe. */
final class Losses {
    private final Path file;
    private final Map<String, Loss> bySource = new LinkedHashMap<>();

    Losses(Path file) {
        this.file = file;
    }

    /** The losses of messages that are dropped together. */
    static Collection<Loss> of(Collection<PollingMessage> messages) {
        Map<String, Loss> losses = new LinkedHashMap<>();
        messages.forEach(message -> merge(losses, one(message.slot(), message.samples())));
        return losses.values();
    }

    static Loss one(Slot slot, int samples) {
        return new Loss(slot, slot, 1, samples);
    }

    static void merge(Map<String, Loss> losses, Loss loss) {
        losses.merge(loss.key(), loss, Loss::plus);
    }

    List<Loss> all() {
        return List.copyOf(bySource.values());
    }

    /** Adds and writes; a disk that does not take it leaves them in memory. */
    void add(Collection<Loss> losses) throws IOException {
        losses.forEach(loss -> merge(bySource, loss));
        write();
    }

    /** These were told. What was added to one of them meanwhile is still to be told. */
    void remove(List<Loss> told) throws IOException {
        told.forEach(loss -> bySource.remove(loss.key(), loss));
        write();
    }

    /** Reads what an earlier process left. A file that cannot be read is no loss of measurements, only of its tale. */
    void load() throws IOException {
        try {
            Object json = Json.parse(Files.readAllBytes(file));
            for (Object entry : json instanceof List<?> list ? list : List.of()) {
                if (entry instanceof Map<?, ?> map) {
                    merge(bySource, read(map));
                }
            }
        } catch (NoSuchFileException e) {
            bySource.clear();
        } catch (JsonException | IllegalArgumentException | ArithmeticException e) {
            throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void write() throws IOException {
        if (bySource.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        List<Map<String, Object>> list = new ArrayList<>();
        bySource.values().forEach(loss -> list.add(Losses.write(loss)));
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.write(next, Json.write(list).getBytes(StandardCharsets.UTF_8));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, Object> write(Loss loss) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("source", loss.first().source());
        map.put("interval", loss.first().interval().toSeconds());
        map.put("first", loss.first().start().getEpochSecond());
        map.put("last", loss.last().start().getEpochSecond());
        map.put("messages", loss.messages());
        map.put("samples", loss.samples());
        return map;
    }

    private static Loss read(Map<?, ?> map) {
        String source = String.valueOf(map.get("source"));
        Duration interval = Duration.ofSeconds(number(map, "interval"));
        return new Loss(
                new Slot(source, interval, Instant.ofEpochSecond(number(map, "first"))),
                new Slot(source, interval, Instant.ofEpochSecond(number(map, "last"))),
                Math.toIntExact(number(map, "messages")),
                number(map, "samples"));
    }

    private static long number(Map<?, ?> map, String key) {
        if (map.get(key) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("no number: " + key);
    }
}
