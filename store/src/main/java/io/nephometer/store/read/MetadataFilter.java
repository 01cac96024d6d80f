// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether metadata hold a value at a path. */
final class MetadataFilter {
    private MetadataFilter() {}

    static boolean matches(Map<String, String> wanted, Map<String, @Nullable Object> metadata) {
        return wanted.entrySet().stream().allMatch(entry -> holds(metadata, entry.getKey(), entry.getValue()));
    }

    /** A key may hold dots itself, so every way of cutting the path counts. */
    private static boolean holds(@Nullable Object at, String path, String wanted) {
        if (!(at instanceof Map<?, ?> map)) {
            return false;
        }
        if (map.containsKey(path) && isText(map.get(path), wanted)) {
            return true;
        }
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            if (holds(map.get(path.substring(0, dot)), path.substring(dot + 1), wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isText(@Nullable Object value, String wanted) {
        return !(value instanceof Map)
                && !(value instanceof List)
                && String.valueOf(value).equals(wanted);
    }
}
