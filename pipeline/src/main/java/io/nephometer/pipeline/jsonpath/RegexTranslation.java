// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import io.nephometer.pipeline.jsonpath.RegexCursor.Last;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Rewrites a regular expression of Python's {@code re} for {@link Pattern}. What means something else there: named groups,
 * {@code \Z}, {@code \v}, {@code {,n}}, braces and brackets that stand for themselves, and everything in character classes that
 * Java takes for set operations. Refused although Python takes it: a condition on a group {@code (?(1)…)}, the flags {@code a}
 * and {@code L}, and {@code x} for a part only. Taken although Python refuses it: a look-behind of variable width.
 */
final class RegexTranslation {
    /** In {@link #open}, a group without a number. */
    private static final int UNNUMBERED = 0;

    private final RegexCursor cursor;
    private final RegexCharacters characters;
    private final Map<String, Integer> groups = new HashMap<>();

    /** Numbers of the groups around the cursor, innermost first. */
    private final Deque<Integer> open = new ArrayDeque<>();

    private int groupCount;
    private int flags;
    private boolean verbose;

    RegexTranslation(String regex) {
        this.cursor = new RegexCursor(regex);
        this.characters = new RegexCharacters(cursor);
    }

    String translate() {
        while (cursor.hasNext()) {
            char c = cursor.peek();
            switch (c) {
                case '\\' -> escape();
                case '[' -> characters.characterClass();
                case '(' -> group();
                case ')' -> close();
                case '{' -> brace();
                case '*', '+', '?' -> {
                    cursor.skip(1);
                    quantifier(String.valueOf(c));
                }
                case '^', '$', '|' -> cursor.copy(1, Last.NOTHING);
                case '.' -> cursor.copy(1, Last.ATOM);
                default -> character(c);
            }
        }
        return cursor.written();
    }

    /** Flags of {@link Pattern} that the expression sets for all of itself. */
    int flags() {
        return flags;
    }

    /** Numbers of the named groups. */
    Map<String, Integer> groups() {
        return groups;
    }

    private void character(char c) {
        if (verbose && PythonText.isSpace(c)) {
            cursor.skip(1);
        } else if (verbose && c == '#') {
            while (cursor.hasNext() && cursor.peek() != '\n') {
                cursor.skip(1);
            }
        } else {
            cursor.writeLiteral(cursor.takeCharacter());
        }
    }

    private void escape() {
        char next = cursor.peek(1);
        if (next >= '1' && next <= '9' && !characters.isOctal()) {
            cursor.skip(1);
            reference(Integer.parseInt(cursor.takeWhile("0123456789", 2)));
        } else {
            characters.escape(false);
        }
    }

    private void reference(int group) {
        if (group > groupCount || open.contains(group)) {
            throw cursor.error("no group " + group + " before");
        }
        cursor.write("(?:\\" + group + ")", Last.ATOM);
    }

    /** Writes a quantifier, with the sign after it for lazy or possessive. */
    private void quantifier(String quantifier) {
        switch (cursor.last()) {
            case NOTHING -> throw cursor.error("nothing to repeat");
            case QUANTIFIER -> throw cursor.error("multiple repeat");
            case ATOM -> cursor.write(quantifier, Last.QUANTIFIER);
        }
        if (cursor.peek() == '?' || cursor.peek() == '+') {
            cursor.copy(1, Last.QUANTIFIER);
        }
    }

    private void brace() {
        cursor.skip(1);
        int length = 0;
        while ("0123456789,".indexOf(cursor.peek(length)) >= 0) {
            length++;
        }
        String bounds = cursor.takeWhile("0123456789,", length);
        if (bounds.isEmpty() || bounds.indexOf(',') != bounds.lastIndexOf(',') || cursor.peek() != '}') {
            cursor.skip(-length);
            cursor.writeLiteral('{');
            return;
        }
        cursor.skip(1);
        quantifier("{" + (bounds.startsWith(",") ? "0" : "") + bounds + "}");
    }

    private void group() {
        if (!cursor.sees("(?")) {
            open(1, ++groupCount);
        } else if (cursor.sees("(?P<")) {
            cursor.skip(4);
            named(cursor.takeUntil('>'));
        } else if (cursor.sees("(?P=")) {
            cursor.skip(4);
            reference(groups.getOrDefault(cursor.takeUntil(')'), Integer.MAX_VALUE));
        } else if (cursor.sees("(?#")) {
            cursor.takeUntil(')');
        } else if (cursor.sees("(?<=") || cursor.sees("(?<!")) {
            open(4, UNNUMBERED);
        } else if (":=!>".indexOf(cursor.peek(2)) >= 0) {
            open(3, UNNUMBERED);
        } else {
            flagGroup();
        }
    }

    private void open(int length, int group) {
        cursor.copy(length, Last.NOTHING);
        open.push(group);
    }

    private void close() {
        if (open.isEmpty()) {
            throw cursor.error("unbalanced parenthesis");
        }
        open.pop();
        cursor.copy(1, Last.ATOM);
    }

    /** A named group becomes a numbered one: Java's names may not have an underscore. */
    private void named(String name) {
        if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*") || groups.putIfAbsent(name, ++groupCount) != null) {
            throw cursor.error("bad group name " + name);
        }
        cursor.write("(", Last.NOTHING);
        open.push(groupCount);
    }

    /** {@code (?i)} at the start, or {@code (?i-s:…)}. */
    private void flagGroup() {
        cursor.skip(2);
        boolean atStart = !cursor.hasWritten();
        String letters = cursor.takeWhile("imsux-", Integer.MAX_VALUE);
        char end = cursor.peek();
        cursor.skip(1);
        if (end == ':' && !letters.contains("x")) {
            cursor.write("(?" + letters.replace("u", "") + ":", Last.NOTHING);
            open.push(UNNUMBERED);
        } else if (end == ')' && atStart && !letters.isEmpty() && !letters.contains("-")) {
            letters.chars().forEach(this::setFlag);
        } else {
            throw cursor.error("unknown group or misplaced flags");
        }
    }

    private void setFlag(int letter) {
        switch (letter) {
            case 'i' -> flags |= Pattern.CASE_INSENSITIVE;
            case 'm' -> flags |= Pattern.MULTILINE;
            case 's' -> flags |= Pattern.DOTALL;
            case 'x' -> verbose = true;
            default -> {}
        }
    }
}
