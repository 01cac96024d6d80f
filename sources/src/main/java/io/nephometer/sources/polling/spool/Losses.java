// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.model.Slot;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was lost and not told yet, by reason, member, source and interval. Kept in a file, so that it is told after a restart as well; while
 * the disk does not take that, it is kept in memory, and {@link #save} tries again. Not thread-safe.
 */
final class Losses {
    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);

    private final Path file;
    private final LossList known = new LossList();
    /** Messages of which nobody knows whose they were. */
    private int unplaced;

    private boolean unsaved;

    Losses(Path file) {
        this.file = file;
    }

    List<Loss> all() {
        return known.all();
    }

    void add(Collection<Loss> losses) {
        losses.forEach(known::add);
        unsaved = true;
        save();
    }

    /** Damaged messages without a slot: told with the next slot that is known. */
    void addUnplaced(int messages) {
        unplaced += messages;
        unsaved = true;
        save();
    }

    int unplaced() {
        return unplaced;
    }

    /** Those without a slot are told with this one. */
    void place(Slot slot, String member) {
        if (unplaced > 0) {
            known.add(Loss.about(LossReason.SPOOL_DAMAGED, member, slot, slot, unplaced));
            unplaced = 0;
            unsaved = true;
            save();
        }
    }

    /** This one was told in its first slots, or never will be. */
    void told(Loss loss, long slots) {
        known.told(loss, slots);
        unsaved = true;
    }

    /** Whether the file lacks something. */
    boolean isUnsaved() {
        return unsaved;
    }

    /** Writes what the file lacks, if the disk takes it. */
    void save() {
        if (!unsaved) {
            return;
        }
        try {
            write();
            unsaved = false;
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be written; what was lost is told all the same, unless this process ends before",
                    file,
                    e);
        }
    }

    /** Reads what an earlier process left. Of a file that cannot be read it is told that something was lost. */
    void load() {
        known.clear();
        unplaced = 0;
        try {
            Object json = Json.parse(Files.readAllBytes(file));
            for (Object entry : json instanceof List<?> list ? list : List.of()) {
                if (entry instanceof Map<?, ?> map) {
                    read(map);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("nothing was lost before", e);
        } catch (IOException | JsonException | IllegalArgumentException | ArithmeticException e) {
            LOG.error("{} cannot be read: how much an earlier process lost cannot be told any more", file, e);
            unplaced++;
        }
    }

    private void write() throws IOException {
        List<Loss> losses = known.all();
        if (losses.isEmpty() && unplaced == 0) {
            Files.deleteIfExists(file);
            return;
        }
        List<Map<String, Object>> list = new ArrayList<>();
        losses.forEach(loss -> list.add(map(loss)));
        if (unplaced > 0) {
            list.add(Map.of("unplaced", unplaced));
        }
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        try (FileChannel channel = FileChannel.open(next, SpoolFolder.NEW, SpoolFolder.OWNERS_FILE)) {
            ByteBuffer bytes = ByteBuffer.wrap(Json.write(list).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, Object> map(Loss loss) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("reason", loss.reason().name());
        map.put("member", loss.member());
        map.put("source", loss.first().source());
        map.put("interval", loss.first().interval().toSeconds());
        map.put("first", loss.first().start().getEpochSecond());
        map.put("last", loss.last().start().getEpochSecond());
        map.put("each", loss.each());
        map.put("messages", loss.messages());
        map.put("samples", loss.samples());
        return map;
    }

    /** An entry without a reason is of an earlier version, which knew one; one without a member, or without {@code each}, too. */
    private void read(Map<?, ?> map) {
        if (map.containsKey("unplaced")) {
            unplaced += Math.toIntExact(number(map, "unplaced"));
            return;
        }
        LossReason reason =
                map.get("reason") instanceof String name ? LossReason.valueOf(name) : LossReason.SPOOL_OVERFLOW;
        String source = String.valueOf(map.get("source"));
        Duration interval = Duration.ofSeconds(number(map, "interval"));
        Slot first = new Slot(source, interval, Instant.ofEpochSecond(number(map, "first")));
        Slot last = new Slot(source, interval, Instant.ofEpochSecond(number(map, "last")));
        known.add(new Loss(
                reason,
                map.get("member") instanceof String member ? member : "",
                first,
                last,
                map.get("each") instanceof Boolean each ? each : first.equals(last),
                Math.toIntExact(number(map, "messages")),
                number(map, "samples")));
    }

    private static long number(Map<?, ?> map, String key) {
        if (map.get(key) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("no number: " + key);
    }
}
