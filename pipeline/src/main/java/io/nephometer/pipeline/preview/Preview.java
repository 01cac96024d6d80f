// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.preview;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a notification becomes, as plain JSON values.
 *
 * @param messageId as sent
 * @param event {@code event_type}, {@code message_id}, {@code generated}, {@code traits} as {@code [name, dtype, value]} sorted by
 *     name, and {@code raw} if it is kept; null if there is none
 * @param samples as definitions find them, sorted by name, resource and volume
 * @param dropped names of the meters whose volume was missing or no number
 * @param eventFailure why there is no event although there should be one; null if nothing failed
 * @param sampleFailure why there are no samples although there should be; null if nothing failed
 * @param remarks why something is not there that a definition mentions
 */
public record Preview(
        @Nullable Object messageId,
        @Nullable Map<String, @Nullable Object> event,
        List<Map<String, @Nullable Object>> samples,
        List<String> dropped,
        @Nullable String eventFailure,
        @Nullable String sampleFailure,
        List<String> remarks) {
    public Preview {
        samples = List.copyOf(samples);
        dropped = List.copyOf(dropped);
        remarks = List.copyOf(remarks);
    }

    /** {@code message_id}, {@code event}, {@code samples}, {@code problems}, and {@code dropped} unless it is empty. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("message_id", messageId);
        map.put("event", event);
        map.put("samples", samples);
        if (!dropped.isEmpty()) {
            map.put("dropped", dropped);
        }
        Set<String> problems = new LinkedHashSet<>();
        Stream.of(eventFailure, sampleFailure).filter(Objects::nonNull).forEach(problems::add);
        problems.addAll(remarks);
        map.put("problems", List.copyOf(problems));
        return map;
    }
}
