// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.output;

import io.nephometer.runtime.json.Json;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON with line breaks and indents, for people. Control characters within texts stay escaped. */
public final class PrettyJson {
    private static final String INDENT = "  ";

    private PrettyJson() {}

    /** The text of a tree of plain values, without a line break at its end. */
    public static String of(@Nullable Object tree) {
        StringBuilder text = new StringBuilder();
        append(text, tree, "\n");
        return text.toString();
    }

    private static void append(StringBuilder text, @Nullable Object value, String lineBreak) {
        String inner = lineBreak + INDENT;
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            text.append('{');
            for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
                Map.Entry<?, ?> entry = i.next();
                text.append(inner)
                        .append(Json.write(String.valueOf(entry.getKey())))
                        .append(": ");
                append(text, entry.getValue(), inner);
                text.append(i.hasNext() ? "," : lineBreak);
            }
            text.append('}');
        } else if (value instanceof Iterable<?> list && list.iterator().hasNext()) {
            text.append('[');
            for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
                text.append(inner);
                append(text, i.next(), inner);
                text.append(i.hasNext() ? "," : lineBreak);
            }
            text.append(']');
        } else {
            text.append(Json.write(value));
        }
    }
}
