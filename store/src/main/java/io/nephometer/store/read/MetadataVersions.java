// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.store.commit.Compression;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metadata that were read most recently, by version: neighbouring samples share them. For one question. */
final class MetadataVersions {
    private static final int BOUND = 4_000;

    private final LinkedHashMap<Long, Map<String, @Nullable Object>> known = new LinkedHashMap<>(64, 0.75f, true);

    Map<String, @Nullable Object> of(long version, byte[] content) {
        Map<String, @Nullable Object> metadata = known.get(version);
        if (metadata == null) {
            metadata = parse(content);
            known.put(version, metadata);
            if (known.size() > BOUND) {
                known.pollFirstEntry();
            }
        }
        return metadata;
    }

    static Map<String, @Nullable Object> parse(byte[] content) {
        try {
            if (Json.parse(Compression.inflate(content)) instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
                map.forEach((key, value) -> metadata.put((String) key, value));
                return metadata;
            }
            throw new IllegalStateException("the ledger holds metadata that are not a JSON object");
        } catch (JsonException e) {
            throw new IllegalStateException("the ledger holds metadata that are not JSON", e);
        }
    }
}
