// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.FrozenMap;
import io.nephometer.runtime.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What samples of an instance say of it: {@code resource_metadata}.
 *
 * @param values plain JSON values, in the order in which Ceilometer gives them
 * @param version the same for the same values, and for no others; 32 hexadecimal digits
 */
public record InstanceMetadata(Map<String, @Nullable Object> values, String version) {
    public InstanceMetadata {
        values = FrozenMap.copyOf(values);
    }

    static InstanceMetadata of(Map<String, @Nullable Object> values) {
        String version =
                BodyHash.of(Bytes.utf8(Json.write(values)).unsafeArray()).toString();
        return new InstanceMetadata(values, version);
    }
}
