// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The flavor of an instance, as it was when it was built or resized last.
 *
 * @param id by which the API names it
 * @param diskGiB of the root disk
 */
public record CellFlavor(
        String id,
        String name,
        int vcpus,
        int memoryMiB,
        int diskGiB,
        int ephemeralGiB,
        int swapMiB,
        Map<String, String> extraSpecs) {
    public CellFlavor {
        extraSpecs = Map.copyOf(extraSpecs);
    }

    /** Reads what {@code instance_extra.flavor} holds: the serialized objects of Nova; empty if that is something else. */
    static Optional<CellFlavor> parse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Json.parse(text) instanceof Map<?, ?> all
                            && all.get("cur") instanceof Map<?, ?> object
                            && object.get("nova_object.data") instanceof Map<?, ?> data
                    ? of(data)
                    : Optional.empty();
        } catch (JsonException _) {
            return Optional.empty();
        }
    }

    private static Optional<CellFlavor> of(Map<?, ?> data) {
        return data.get("flavorid") instanceof String id
                        && data.get("name") instanceof String name
                        && data.get("vcpus") instanceof Long vcpus
                        && data.get("memory_mb") instanceof Long memory
                        && data.get("root_gb") instanceof Long disk
                ? Optional.of(new CellFlavor(
                        id,
                        name,
                        vcpus.intValue(),
                        memory.intValue(),
                        disk.intValue(),
                        number(data, "ephemeral_gb"),
                        number(data, "swap"),
                        texts(data.get("extra_specs"))))
                : Optional.empty();
    }

    private static int number(Map<?, ?> data, String name) {
        return data.get(name) instanceof Long number ? number.intValue() : 0;
    }

    private static Map<String, String> texts(@Nullable Object value) {
        Map<String, String> texts = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
        }
        return texts;
    }
}
