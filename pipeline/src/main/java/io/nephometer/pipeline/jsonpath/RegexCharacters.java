// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import io.nephometer.pipeline.jsonpath.RegexCursor.Last;

/** Rewrites the characters of a regular expression of Python: escapes, and classes in brackets. */
final class RegexCharacters {
    /** Python's white space has four control characters more than Java's. */
    private static final String SPACES = "\\s\\x1c-\\x1f";

    private static final String WORDS = "\\p{L}\\p{N}_";
    private static final String OCTAL = "01234567";

    private final RegexCursor cursor;

    RegexCharacters(RegexCursor cursor) {
        this.cursor = cursor;
    }

    /** Rewrites a backslash and what belongs to it; references to groups are none of its business. */
    void escape(boolean inClass) {
        cursor.skip(1);
        if (!cursor.hasNext()) {
            throw cursor.error("bad escape at the end");
        }
        if (Character.isDigit(cursor.peek())) {
            octal(inClass);
            return;
        }
        int c = cursor.takeCharacter();
        switch (c) {
            case 'd', 'D', 'f', 'n', 'r', 't' -> cursor.write("\\" + (char) c, Last.ATOM);
            case 's' -> cursor.write(inClass ? SPACES : "[" + SPACES + "]", Last.ATOM);
            case 'w' -> cursor.write(inClass ? WORDS : "[" + WORDS + "]", Last.ATOM);
            case 'S' -> cursor.write("[^" + SPACES + "]", Last.ATOM);
            case 'W' -> cursor.write("[^" + WORDS + "]", Last.ATOM);
            case 'a' -> cursor.writeCode(0x07);
            case 'v' -> cursor.writeCode(0x0b);
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            case 'U' -> hexadecimal(8);
            default -> otherEscape(c, inClass);
        }
    }

    private void otherEscape(int c, boolean inClass) {
        if (inClass && c == 'b') {
            cursor.writeCode(0x08);
        } else if (!inClass && (c == 'A' || c == 'b' || c == 'B')) {
            cursor.write("\\" + (char) c, Last.NOTHING);
        } else if (!inClass && c == 'Z') {
            cursor.write("\\z", Last.NOTHING);
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            throw cursor.error("bad escape \\" + (char) c);
        } else {
            cursor.writeLiteral(c);
        }
    }

    /** Whether what follows a backslash is an octal number: it starts with 0 or has three octal digits. */
    boolean isOctal() {
        boolean three = OCTAL.indexOf(cursor.peek(1)) >= 0
                && OCTAL.indexOf(cursor.peek(2)) >= 0
                && OCTAL.indexOf(cursor.peek(3)) >= 0;
        return cursor.peek(1) == '0' || three;
    }

    private void octal(boolean inClass) {
        String digits = cursor.takeWhile(OCTAL, 3);
        if (digits.isEmpty() || Integer.parseInt(digits, 8) > 0xff) {
            throw cursor.error(inClass ? "bad escape in a character class" : "octal escape beyond 0o377");
        }
        cursor.writeCode(Integer.parseInt(digits, 8));
    }

    private void hexadecimal(int length) {
        String digits = cursor.takeWhile("0123456789abcdefABCDEF", length);
        if (digits.length() < length || Long.parseLong(digits, 16) > Character.MAX_CODE_POINT) {
            throw cursor.error("bad hexadecimal escape");
        }
        cursor.writeCode(Integer.parseInt(digits, 16));
    }

    /** Rewrites a class in brackets. */
    void characterClass() {
        cursor.copy(cursor.sees("[^") ? 2 : 1, Last.ATOM);
        boolean first = true;
        while (cursor.hasNext() && (first || cursor.peek() != ']')) {
            if (cursor.peek() == '\\') {
                escape(true);
            } else if (cursor.peek() == '-' && !first && cursor.peek(1) != ']') {
                cursor.copy(1, Last.ATOM);
            } else {
                cursor.writeLiteral(cursor.takeCharacter());
            }
            first = false;
        }
        if (!cursor.hasNext()) {
            throw cursor.error("unterminated character class");
        }
        cursor.copy(1, Last.ATOM);
    }
}
