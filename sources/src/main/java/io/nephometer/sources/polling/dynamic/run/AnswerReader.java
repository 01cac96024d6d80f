// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.sources.polling.dynamic.definition.ResponseHandler;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads the body of an answer: the first way of reading that works counts. */
final class AnswerReader {
    /** The key under which a text stands. */
    static final String TEXT = "out";

    private AnswerReader() {}

    static @Nullable Object read(byte[] body, List<ResponseHandler> handlers) throws FetchException {
        StringJoiner failures = new StringJoiner("; ");
        for (ResponseHandler handler : handlers) {
            try {
                return switch (handler) {
                    case JSON -> Json.parse(body);
                    case XML -> XmlTree.parse(body);
                    case TEXT -> text(body);
                };
            } catch (JsonException | XmlTree.XmlException e) {
                failures.add("not " + handler.label() + ": " + e.getMessage());
            }
        }
        throw new FetchException("the answer cannot be read: " + failures);
    }

    private static Map<String, Object> text(byte[] body) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(TEXT, new String(body, StandardCharsets.UTF_8));
        return map;
    }
}
