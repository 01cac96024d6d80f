// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.nephometer.inventory.shared.feed.InstanceVersions;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.store.cells.CellInstance;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of a row how an instance was at the end of a period, as far as a row can tell that later. */
record CellVersions(CellServers servers) {
    private static final DateTimeFormatter LIFETIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private static final List<String> TEXTS =
            List.of("hostname", "node", "architecture", "os_type", "access_ip_v4", "access_ip_v6", "cell_name");

    /**
     * What was so at the end of the period. What ended later lived then; in which state is not known any more.
     *
     * @param read up to when the row is known
     * @return empty if the row lacks its times
     */
    Optional<InstanceVersion> of(CellInstance row, Period period, Instant read) {
        return InstanceVersions.of(servers.of(row), read).map(version -> {
            Instant ended = row.ended();
            boolean later = ended != null && !ended.isBefore(period.end());
            return new InstanceVersion(
                    version.id(),
                    version.since(),
                    read,
                    version.host(),
                    version.launched(),
                    later ? null : ended,
                    fields(row, version.fields(), later));
        });
    }

    private static Map<String, @Nullable Object> fields(
            CellInstance row, Map<String, @Nullable Object> told, boolean later) {
        Map<String, @Nullable Object> fields = new HashMap<>(told);
        TEXTS.forEach(name -> fields.put(name, row.text(name)));
        fields.put("instance_type_id", row.number("instance_type_id"));
        Long progress = row.number("progress");
        fields.put("progress", progress == null || progress == 0 ? "" : progress); // as Nova's own audit tells it
        fields.put("metadata", new HashMap<>(row.metadata()));
        if (!row.imageProperties().isEmpty()) {
            fields.put("image_meta", new HashMap<>(row.imageProperties()));
        }
        Instant deleted = row.time("deleted_at");
        fields.put("deleted_at", deleted == null || later ? "" : LIFETIME.format(deleted.atOffset(ZoneOffset.UTC)));
        if (later) {
            fields.put("state", null);
            fields.put("state_description", null);
        }
        return fields;
    }
}
