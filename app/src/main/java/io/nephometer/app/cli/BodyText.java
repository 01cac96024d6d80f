// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.PrettyJson;
import io.nephometer.model.Bytes;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message as people read and edit it: JSON indented, and the message within an envelope, which is JSON within a
 * text, opened. Anything else is shown as the text that it is.
 */
final class BodyText {
    private static final String MESSAGE = "oslo.message";

    private BodyText() {}

    /** For reading. Control characters are shown as dots, since what comes from a bus must not steer a terminal. */
    static String of(Bytes body) {
        return visible(editable(body)) + "\n";
    }

    /** For an editor or a file: with all characters. */
    static String editable(Bytes body) {
        try {
            return PrettyJson.of(opened(Json.parse(body.unsafeArray())));
        } catch (JsonException e) {
            return body.toText();
        }
    }

    private static @Nullable Object opened(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map && map.get(MESSAGE) instanceof String inner) {
            try {
                return with(map, Json.parse(inner));
            } catch (JsonException e) {
                return tree;
            }
        }
        return tree;
    }

    /**
     * The bytes of an edited body: a message that stands opened in its envelope is made a text again; all else is taken as it is.
     *
     * @param before the body as it was; it comes back if nothing of it was edited
     */
    static Bytes closed(Bytes edited, Bytes before) {
        if (edited.toText().strip().equals(editable(before).strip())) {
            return before;
        }
        try {
            if (Json.parse(edited.unsafeArray()) instanceof Map<?, ?> map
                    && map.get(MESSAGE) instanceof Map<?, ?> opened) {
                return Bytes.utf8(Json.write(with(map, Json.write(opened))));
            }
            return edited;
        } catch (JsonException e) {
            return edited;
        }
    }

    private static Map<Object, @Nullable Object> with(Map<?, ?> envelope, @Nullable Object message) {
        Map<Object, @Nullable Object> changed = new LinkedHashMap<>(envelope);
        changed.put(MESSAGE, message);
        return changed;
    }

    /** A text that cannot steer a terminal. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? '·' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
