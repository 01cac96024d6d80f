// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import io.nephometer.runtime.json.PythonFloat;
import io.nephometer.runtime.json.PythonString;
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
            case String string -> PythonString.quote(string, text);
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
        return PythonString.isSpace(character);
    }

    /** {@code text.strip()}. */
    public static String strip(String text) {
        return PythonString.strip(text);
    }
}
