// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.math.BigDecimal;
import java.math.MathContext;
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
            when PythonNumber.isFloat(number) -> text.append(fraction(((Number) number).doubleValue()));
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

    /** The fewest digits that give the number again; an exponent below 1e-4 and from 1e16. */
    private static String fraction(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        return (value < 0 ? "-" : "") + layOut(digits, point);
    }

    private static BigDecimal shortest(double value) {
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (value < 1e-320) {
            // Java gives at least two digits, which is more than the smallest numbers have.
            BigDecimal shorter = shortest.round(new MathContext(1));
            return shorter.doubleValue() == value ? shorter : shortest;
        }
        return shortest;
    }

    /** {@code digits} with the decimal point after the first {@code point} of them. */
    private static String layOut(String digits, int point) {
        if (point > 16 || point < -3) {
            int exponent = point - 1;
            String rest = digits.length() > 1 ? "." + digits.substring(1) : "";
            return digits.charAt(0)
                    + rest
                    + (exponent < 0 ? "e-" : "e+")
                    + (Math.abs(exponent) < 10 ? "0" : "")
                    + Math.abs(exponent);
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (point >= digits.length()) {
            return digits + "0".repeat(point - digits.length()) + ".0";
        }
        return digits.substring(0, point) + "." + digits.substring(point);
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
