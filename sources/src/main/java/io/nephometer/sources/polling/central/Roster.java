// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resources as they are kept for those who measure them in partitions.
 *
 * @param began start of the slot that they were listed in
 */
record Roster(Instant began, List<Discovered> resources) {
    private static final String BEGAN = "began";
    private static final String RESOURCES = "resources";
    private static final String ID = "id";
    private static final String ATTRIBUTES = "attributes";

    Roster {
        resources = List.copyOf(resources);
    }

    String text() {
        List<Object> rows = new ArrayList<>();
        for (Discovered resource : resources) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put(ID, resource.id());
            row.put(ATTRIBUTES, resource.attributes());
            rows.add(row);
        }
        return Json.write(Map.of(BEGAN, began.getEpochSecond(), RESOURCES, rows));
    }

    /** @throws RostersException if it is no such text */
    static Roster read(String text) throws RostersException {
        if (!(parsed(text) instanceof Map<?, ?> tree)
                || !(tree.get(BEGAN) instanceof Long began)
                || !(tree.get(RESOURCES) instanceof List<?> rows)) {
            throw new RostersException("what is kept is no list of resources", null);
        }
        List<Discovered> resources = new ArrayList<>();
        for (Object row : rows) {
            if (row instanceof Map<?, ?> map && map.get(ID) instanceof String id) {
                resources.add(new Discovered(id, attributes(map.get(ATTRIBUTES))));
            }
        }
        return new Roster(Instant.ofEpochSecond(began), resources);
    }

    private static @Nullable Object parsed(String text) throws RostersException {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            throw new RostersException("what is kept cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, @Nullable Object> attributes(@Nullable Object value) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, attribute) -> attributes.put(String.valueOf(name), attribute));
        }
        return attributes;
    }
}
