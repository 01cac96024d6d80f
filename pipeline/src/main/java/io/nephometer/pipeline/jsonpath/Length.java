// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.List;
import java.util.Map;

/** {@code `len`}: the number of items, fields or characters; nothing on other values. */
record Length() implements Path {
    @Override
    public List<Spot> select(Spot at) {
        return switch (at.value()) {
            case List<?> list -> List.of(Spot.length(list.size()));
            case Map<?, ?> map -> List.of(Spot.length(map.size()));
            case String text -> List.of(Spot.length(text.codePointCount(0, text.length())));
            case null, default -> List.of();
        };
    }
}
