// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.regex.PatternSyntaxException;

/** A place in a regular expression being read, and the expression being written. */
final class RegexCursor {
    private final String source;
    private final StringBuilder written = new StringBuilder();
    private int at;
    private Last last = Last.NOTHING;

    /** What a quantifier would follow. */
    enum Last {
        /** The start of a group or alternative, or a position such as {@code ^}. */
        NOTHING,
        ATOM,
        QUANTIFIER
    }

    RegexCursor(String source) {
        this.source = source;
    }

    boolean hasNext() {
        return at < source.length();
    }

    /** The next unit, or a space at the end: no sign that is looked for is one. */
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < source.length() ? source.charAt(at + ahead) : ' ';
    }

    boolean sees(String text) {
        return source.startsWith(text, at);
    }

    void skip(int length) {
        at += length;
    }

    int takeCharacter() {
        int character = source.codePointAt(at);
        at += Character.charCount(character);
        return character;
    }

    /** What comes before the next {@code sign}, which is passed too. */
    String takeUntil(char sign) {
        int end = source.indexOf(sign, at);
        if (end < 0) {
            throw error("missing " + sign);
        }
        String text = source.substring(at, end);
        at = end + 1;
        return text;
    }

    /** As many of the {@code allowed} characters as come, but at most {@code most}. */
    String takeWhile(String allowed, int most) {
        int end = at;
        while (end < source.length() && end - at < most && allowed.indexOf(source.charAt(end)) >= 0) {
            end++;
        }
        String text = source.substring(at, end);
        at = end;
        return text;
    }

    RegexCursor write(String text, Last becomes) {
        written.append(text);
        last = becomes;
        return this;
    }

    /** Copies as it is. */
    void copy(int length, Last becomes) {
        write(source.substring(at, at + length), becomes);
        at += length;
    }

    void writeLiteral(int character) {
        boolean special = character > ' ' && character < 0x80 && !Character.isLetterOrDigit(character);
        write(special ? "\\" : "", Last.ATOM).write(Character.toString(character), Last.ATOM);
    }

    void writeCode(int character) {
        write("\\x{" + Integer.toHexString(character) + "}", Last.ATOM);
    }

    Last last() {
        return last;
    }

    boolean hasWritten() {
        return !written.isEmpty();
    }

    String written() {
        return written.toString();
    }

    PatternSyntaxException error(String problem) {
        return new PatternSyntaxException(problem, source, Math.min(at, source.length()));
    }
}
