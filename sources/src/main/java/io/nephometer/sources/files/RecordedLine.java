// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.files;

import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a recording. A line is a capture ({@code {"exchange","routing_key","properties","body"}}, the body as a text or
 * as a JSON value) or the body itself: an envelope, or a message without one. A line that is neither is a body too: what is
 * wrong with it is for the pipeline to say.
 */
public final class RecordedLine {
    private RecordedLine() {}

    /** The message that the line records; never fails. */
    public static RawMessage read(byte[] line) {
        Object value;
        try {
            value = Json.parse(line);
        } catch (JsonException e) {
            return RawMessage.ofBody(Bytes.wrap(line));
        }
        if (value instanceof Map<?, ?> capture && capture.containsKey("body") && capture.containsKey("routing_key")) {
            return new RawMessage(
                    text(capture.get("exchange")),
                    text(capture.get("routing_key")),
                    properties(capture.get("properties")),
                    body(capture.get("body")));
        }
        return RawMessage.ofBody(Bytes.wrap(line));
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static Map<String, @Nullable Object> properties(@Nullable Object value) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> properties.put(String.valueOf(key), element));
        }
        return properties;
    }

    private static Bytes body(@Nullable Object value) {
        return Bytes.utf8(value instanceof String text ? text : Json.write(value));
    }
}
