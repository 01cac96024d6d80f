// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.List;

/**
 * {@code `split(separator, segment, most)`}: one segment of a text that is cut at most so many times (-1: everywhere); nothing
 * where there is no such segment, or no text.
 */
record Split(int separator, long segment, long most) implements Path {
    @Override
    public List<Spot> select(Spot at) {
        if (!(at.value() instanceof String text)) {
            return List.of();
        }
        int start = 0;
        int end = text.indexOf(separator);
        for (long cuts = 0; cuts < segment; cuts++) {
            if (end < 0 || cuts == most) {
                return List.of();
            }
            start = end + Character.charCount(separator);
            end = text.indexOf(separator, start);
        }
        return List.of(Spot.computed(end < 0 || segment == most ? text.substring(start) : text.substring(start, end)));
    }
}
