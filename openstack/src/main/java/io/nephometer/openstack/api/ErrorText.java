// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a service says about its refusal, on one line, short, without our secrets. */
final class ErrorText {
    private static final int MOST_READ = 16 << 10;
    private static final int MOST_SHOWN = 200;
    private static final List<String> KNOWN = List.of(
            "The request you have made requires authentication.",
            "The account is locked",
            "The password is expired",
            "Expecting to find domain in user",
            "Expecting to find domain in project");
    private static final String SILENT = "refused without a word";

    private ErrorText() {}

    static String of(AnswerHead head, InputStream body, Outgoing outgoing) {
        if (!head.isJson()) {
            return "refused by "
                    + head.header("Content-Type")
                            .map(type -> "a page of " + outgoing.masked(type.replaceFirst("\\s*;.*", "")))
                            .orElse("an empty answer");
        }
        try {
            String message = message(Json.parse(body.readNBytes(MOST_READ)));
            if (message == null) {
                return SILENT;
            }
            return outgoing.isConfidential() ? known(message) : shown(message, outgoing);
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

    /** What Keystone says, as far as it says it to everybody; not what may repeat the log-in. */
    private static String known(String message) {
        return KNOWN.stream()
                .filter(message::startsWith)
                .findFirst()
                .map(words -> '"' + words + '"')
                .orElse("refused; its words are not shown, since they may repeat the log-in");
    }

    private static String shown(String message, Outgoing outgoing) {
        String line = outgoing.masked(message)
                .replaceAll("<[^>]*>", " ")
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return '"' + (line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line) + '"';
    }
}
