// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a service says about its refusal, on one line, short, without our secrets. */
final class ErrorText {
    private static final int MOST_READ = 16 << 10;
    private static final int MOST_SHOWN = 200;
    private static final String SILENT = "refused without a word";

    private ErrorText() {}

    static String of(AnswerHead head, InputStream body, Outgoing outgoing) {
        if (!head.isJson()) {
            return "refused by "
                    + head.header("Content-Type")
                            .map(type -> "a page of " + type.replaceFirst("\\s*;.*", ""))
                            .orElse("an empty answer");
        }
        try {
            String message = message(Json.parse(body.readNBytes(MOST_READ)));
            return message == null ? SILENT : shown(message, outgoing);
        } catch (IOException | JsonException _) {
            return SILENT; // the status says what matters
        }
    }

    /** {@code {"message": …}}, or one level below: {@code {"badRequest": {"message": …}}}. */
    private static @Nullable String message(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> map)) {
            return null;
        }
        if (map.get("message") instanceof String text) {
            return text;
        }
        return map.values().stream()
                .map(value -> value instanceof Map<?, ?> inner ? inner.get("message") : null)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static String shown(String message, Outgoing outgoing) {
        Secret token = outgoing.token();
        String safe = token == null ? message : message.replace(token.reveal(), token.toString());
        String line = safe.replaceAll("<[^>]*>", " ")
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return '"' + (line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line) + '"';
    }
}
