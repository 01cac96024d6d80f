// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

/** Texts as Python counts them: by code points. */
public final class Texts {
    private Texts() {}

    /** How many characters it has. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Whether each of Java's characters is one of Python's. */
    static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    }

    /** Where the code point of this number begins. */
    static int offset(String text, int index) {
        return isPlain(text) ? index : text.offsetByCodePoints(0, index);
    }

    /** The number of the code point that begins at {@code offset}. */
    public static int index(String text, int offset) {
        return text.codePointCount(0, offset);
    }

    /** {@code text.replace(from, to)}, at most {@code most} times. */
    public static String replaced(String text, String from, String to, int most, Budget budget) {
        budget.search(text.length(), from.length());
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        int found = most == 0 ? -1 : text.indexOf(from);
        for (int count = 1; found >= 0; count++) {
            int before = replaced.length();
            replaced.append(text, at, found).append(to);
            budget.grown(before, replaced.length());
            at = found + from.length();
            int next = from.isEmpty() ? found + 1 : at;
            found = count == most || next > text.length() ? -1 : text.indexOf(from, next);
        }
        budget.text((long) replaced.length() + text.length() - at);
        return replaced.append(text, at, text.length()).toString();
    }
}
