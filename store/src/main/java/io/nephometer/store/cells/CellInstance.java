// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code instances} with what belongs to it. Deleted ones are in the table until an operator archives them.
 *
 * @param id by which pages follow one another
 * @param columns values by column: texts, numbers ({@link Long}), times ({@link Instant}); columns that this Nova lacks are absent
 * @param flavor null if it cannot be read
 * @param metadata of a deleted instance that which it had when it was deleted
 * @param imageProperties those of system metadata, without {@code image_}
 */
public record CellInstance(
        long id,
        Map<String, @Nullable Object> columns,
        @Nullable CellFlavor flavor,
        Map<String, String> metadata,
        Map<String, String> imageProperties,
        List<String> tags) {
    public CellInstance {
        columns = Collections.unmodifiableMap(new TreeMap<>(columns));
        metadata = Map.copyOf(metadata);
        imageProperties = Map.copyOf(imageProperties);
        tags = List.copyOf(tags);
    }

    public String uuid() {
        return String.valueOf(text("uuid"));
    }

    public @Nullable String text(String column) {
        return columns.get(column) instanceof String text ? text : null;
    }

    public @Nullable Instant time(String column) {
        return columns.get(column) instanceof Instant time ? time : null;
    }

    public @Nullable Long number(String column) {
        return columns.get(column) instanceof Long number ? number : null;
    }

    /** Whether Nova counts it as gone. */
    public boolean isDeleted() {
        Long deleted = number("deleted");
        return deleted != null && deleted != 0;
    }

    /** When it ended; null while it lives. */
    public @Nullable Instant ended() {
        Instant terminated = time("terminated_at");
        return terminated == null && isDeleted() ? time("deleted_at") : terminated;
    }
}
