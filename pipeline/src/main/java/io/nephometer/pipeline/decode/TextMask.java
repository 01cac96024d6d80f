// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces parts of a text. The regular expression is only tried at quotes before a word that holds a hint: trying it at every
 * character costs more than parsing the message. The time is linear in the length of the text.
 */
final class TextMask {
    private final String text;
    private final List<String> hints;
    private final Matcher matcher;
    /** Where each hint is found next; the length of the text if nowhere. */
    private final int[] next;

    /**
     * @param hints one of these is in every word that the pattern accepts
     * @param pattern matches from the quote before the word on; group 1 is what is replaced
     */
    TextMask(String text, List<String> hints, Pattern pattern) {
        this.text = text;
        this.hints = hints;
        this.matcher = pattern.matcher(text);
        this.next = new int[hints.size()];
    }

    /** The text with {@code mask} in place of group 1 of every match; the same text if there is none. */
    String with(String mask) {
        StringBuilder masked = new StringBuilder(text.length());
        int copied = 0;
        int hit = nextHint(0);
        while (hit < text.length()) {
            int quote = wordStart(hit, copied) - 1;
            int end = wordEnd(hit);
            if (quote >= copied && matcher.region(quote, text.length()).lookingAt()) {
                masked.append(text, copied, matcher.start(1)).append(mask);
                copied = matcher.end(1);
                end = copied;
            }
            hit = nextHint(end);
        }
        return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
    }

    /** Where the first hint at or after {@code from} begins. */
    private int nextHint(int from) {
        int first = text.length();
        for (int i = 0; i < next.length; i++) {
            if (next[i] < from || from == 0) {
                int found = text.indexOf(hints.get(i), from);
                next[i] = found < 0 ? text.length() : found;
            }
            first = Math.min(first, next[i]);
        }
        return first;
    }

    private int wordStart(int at, int notBefore) {
        int start = at;
        while (start > notBefore && isWord(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private int wordEnd(int at) {
        int end = at;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
