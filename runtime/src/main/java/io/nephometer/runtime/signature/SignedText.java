// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.signature;

import io.nephometer.runtime.json.PythonFloat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a signature is made over: for each field its name and the text of its value, without anything between. Names
 * inside maps follow that of the map and a colon; a map without fields adds nothing. Texts outside lists are themselves, lists
 * are as Python prints them once their texts are bytes: {@code [b'a', 1, {b'x': None}]}.
 */
final class SignedText {
    /** By code point, which is the order of UTF-8. */
    private static final Comparator<Map.Entry<?, ?>> BY_NAME =
            Comparator.comparing(entry -> utf8(String.valueOf(entry.getKey())), Arrays::compareUnsigned);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

    void addAllBut(String left, Map<?, ?> message) {
        message.entrySet().stream()
                .filter(entry -> !left.equals(entry.getKey()))
                .sorted(BY_NAME)
                .forEach(entry -> add(String.valueOf(entry.getKey()), entry.getValue()));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private void add(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.entrySet().stream()
                    .sorted(BY_NAME)
                    .forEach(entry -> add(name + ":" + entry.getKey(), entry.getValue()));
            return;
        }
        bytes.writeBytes(utf8(name));
        if (value instanceof String text) {
            bytes.writeBytes(utf8(text));
        } else {
            StringBuilder printed = new StringBuilder();
            print(value, printed);
            bytes.writeBytes(utf8(printed.toString()));
        }
    }

    private static void print(@Nullable Object value, StringBuilder to) {
        switch (value) {
            case null -> to.append("None");
            case Boolean truth -> to.append(truth ? "True" : "False");
            case Double number -> to.append(PythonFloat.repr(number));
            case String text -> printBytes(utf8(text), to);
            case List<?> list -> printList(list, to);
            case Map<?, ?> map -> printMap(map, to);
            default -> to.append(value);
        }
    }

    private static void printList(List<?> list, StringBuilder to) {
        to.append('[');
        String separator = "";
        for (Object element : list) {
            to.append(separator);
            print(element, to);
            separator = ", ";
        }
        to.append(']');
    }

    private static void printMap(Map<?, ?> map, StringBuilder to) {
        to.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet().stream().sorted(BY_NAME).toList()) {
            to.append(separator);
            print(entry.getKey(), to);
            to.append(": ");
            print(entry.getValue(), to);
            separator = ", ";
        }
        to.append('}');
    }

    private static void printBytes(byte[] content, StringBuilder to) {
        boolean single = false;
        boolean twofold = false;
        for (byte b : content) {
            single |= b == '\'';
            twofold |= b == '"';
        }
        char mark = single && !twofold ? '"' : '\'';
        to.append('b').append(mark);
        for (byte b : content) {
            int c = b & 0xff;
            if (c == mark || c == '\\') {
                to.append('\\').append((char) c);
            } else if (c >= ' ' && c < 0x7f) {
                to.append((char) c);
            } else {
                to.append(escape(c));
            }
        }
        to.append(mark);
    }

    private static String escape(int c) {
        return switch (c) {
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> String.format("\\x%02x", c);
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
