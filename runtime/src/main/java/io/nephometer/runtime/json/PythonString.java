// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.json;

/** What Python makes of a text: how it quotes it, and what it counts as white space. */
public final class PythonString {
    private PythonString() {}

    /** Appends {@code repr(string)}: in single quotes, or double ones if that saves escapes. */
    public static void quote(String string, StringBuilder text) {
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

    /** Whether Python counts the character as white space. */
    public static boolean isSpace(int character) {
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
