// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import io.nephometer.runtime.json.PythonFloat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text that Python makes of a JSON value, which traits of type text hold. */
public final class PythonText {
    private PythonText() {}

    /** {@code str(value)}: a text as it is, anything else as {@link #repr}. */
    public static String str(@Nullable Object value) {
        return value instanceof String text ? text : repr(value);
    }

    /** {@code repr(value)}: {@code None}, {@code True}, {@code 1e-05}, {@code 'text'}, {@code ['a', 1]}, {@code {'k': None}}. */
    public static String repr(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    private static void append(@Nullable Object value, StringBuilder text) {
        switch (value) {
            case null -> text.append("None");
            case Boolean truth -> text.append(truth ? "True" : "False");
            case String string -> quote(string, text);
            case Object number
            when PythonNumber.isFloat(number) -> text.append(PythonFloat.repr(((Number) number).doubleValue()));
            case List<?> list -> appendList(list, text);
            case Map<?, ?> map -> appendMap(map, text);
            default -> text.append(value);
        }
    }

    private static void appendList(List<?> list, StringBuilder text) {
        text.append('[');
        String separator = "";
        for (Object item : list) {
            text.append(separator);
            append(item, text);
            separator = ", ";
        }
        text.append(']');
    }

    private static void appendMap(Map<?, ?> map, StringBuilder text) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            append(entry.getKey(), text);
            text.append(": ");
            append(entry.getValue(), text);
            separator = ", ";
        }
        text.append('}');
    }

    private static void quote(String string, StringBuilder text) {
        char mark = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
        text.append(mark);
        for (int i = 0; i < string.length(); ) {
            int character = string.codePointAt(i);
            if (character == mark || character == '\\') {
                text.append('\\').append((char) character);
            } else if (isPrintable(character)) {
                text.appendCodePoint(character);
            } else {
                text.append(escape(character));
            }
            i += Character.charCount(character);
        }
        text.append(mark);
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                String.format(character < 0x100 ? "\\x%02x" : character < 0x10000 ? "\\u%04x" : "\\U%08x", character);
        };
    }

    private static boolean isPrintable(int character) {
        if (character < 0x7f) {
            return character >= ' ';
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /** What a message calls the type of a value. */
    static String typeOf(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "a text";
            case Boolean _ -> "a boolean";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "a map";
            default -> "a number";
        };
    }

    /** Whether Python counts the character as white space. */
    static boolean isSpace(int character) {
        return (character >= 0x09 && character <= 0x0d)
                || (character >= 0x1c && character <= 0x20)
                || character == 0x85
                || (character >= 0x80 && Character.isSpaceChar(character));
    }

    /** {@code text.strip()}. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
