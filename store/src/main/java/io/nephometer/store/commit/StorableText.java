// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a text or a time must be like to be stored, the same on every engine. */
public final class StorableText {
    /** The longest name: event types, meters, units, resources, projects, users. In UTF-16 units. */
    public static final int MAX_NAME = 600;

    private StorableText() {}

    /** {@code text} itself, if it is well-formed Unicode without NUL. */
    static String text(String what, String text) throws UnstorableException {
        int bad = firstBad(text, 0);
        if (bad >= 0) {
            throw new UnstorableException(what + " holds "
                    + (text.charAt(bad) == 0 ? "a NUL character" : "half a surrogate pair") + " at position " + bad);
        }
        return text;
    }

    /** {@code text} itself, if it is also short enough to be looked up by. */
    static String name(String what, String text) throws UnstorableException {
        if (text.length() > MAX_NAME) {
            throw new UnstorableException(
                    what + " is longer than " + MAX_NAME + " characters: " + text.substring(0, 40) + "…");
        }
        return text(what, text);
    }

    /** Microseconds since the epoch; what is finer is cut off. */
    static long micros(String what, Instant time) throws UnstorableException {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, time);
        } catch (ArithmeticException e) {
            throw new UnstorableException(what + " is out of range: " + time);
        }
    }

    /** {@code text} with what cannot be stored replaced by U+FFFD: for recovery, which refuses nothing. */
    public static String cleaned(String text) {
        if (firstBad(text, 0) < 0) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text);
        for (int bad = firstBad(clean, 0); bad >= 0; bad = firstBad(clean, bad)) {
            clean.setCharAt(bad, '\uFFFD');
        }
        return clean.toString();
    }

    private static int firstBad(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                if (!startsPair(text, i)) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private static boolean startsPair(CharSequence text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }
}
