// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of Python's {@code fnmatch}: {@code *}, {@code ?}, {@code [seq]} and {@code [!seq]} with ranges; all else, and a
 * bracket that is not closed, means itself. Case matters.
 */
final class Glob {
    private sealed interface Piece {
        /** Any text, also none. */
        record Star() implements Piece {}

        /** One character, if it is in one of the ranges, or if not. */
        record One(boolean negated, List<Range> ranges) implements Piece {
            boolean takes(int character) {
                return ranges.stream().anyMatch(range -> range.holds(character)) != negated;
            }
        }
    }

    private record Range(int first, int last) {
        boolean holds(int character) {
            return first <= character && character <= last;
        }
    }

    private final List<Piece> pieces;

    private Glob(List<Piece> pieces) {
        this.pieces = pieces;
    }

    static Glob of(String pattern) {
        int[] text = pattern.codePoints().toArray();
        List<Piece> pieces = new ArrayList<>();
        int i = 0;
        while (i < text.length) {
            int end = text[i] == '[' ? endOfSet(text, i) : -1;
            if (text[i] == '*') {
                pieces.add(new Piece.Star());
            } else if (text[i] == '?') {
                pieces.add(new Piece.One(true, List.of()));
            } else if (end > 0) {
                pieces.add(set(text, i + 1, end));
                i = end;
            } else {
                pieces.add(new Piece.One(false, List.of(new Range(text[i], text[i]))));
            }
            i++;
        }
        return new Glob(pieces);
    }

    /** Where the bracket of {@code start} is closed; -1 if nowhere. A bracket right after the opening one is a member. */
    private static int endOfSet(int[] text, int start) {
        int i = start + 1;
        if (i < text.length && text[i] == '!') {
            i++;
        }
        if (i < text.length && text[i] == ']') {
            i++;
        }
        while (i < text.length && text[i] != ']') {
            i++;
        }
        return i < text.length ? i : -1;
    }

    private static Piece.One set(int[] text, int start, int end) {
        boolean negated = text[start] == '!';
        List<Range> ranges = new ArrayList<>();
        int i = negated ? start + 1 : start;
        while (i < end) {
            boolean range = i + 2 < end && text[i + 1] == '-';
            ranges.add(new Range(text[i], range ? text[i + 2] : text[i]));
            i += range ? 3 : 1;
        }
        return new Piece.One(negated, ranges);
    }

    boolean matches(String name) {
        int[] text = name.codePoints().toArray();
        int piece = 0;
        int at = 0;
        int star = -1;
        int retry = 0;
        while (at < text.length) {
            if (piece < pieces.size() && pieces.get(piece) instanceof Piece.Star) {
                star = piece++;
                retry = at;
            } else if (piece < pieces.size() && pieces.get(piece) instanceof Piece.One one && one.takes(text[at])) {
                piece++;
                at++;
            } else if (star >= 0) {
                // The last star takes one character more; an earlier one never has to.
                piece = star + 1;
                at = ++retry;
            } else {
                return false;
            }
        }
        while (piece < pieces.size() && pieces.get(piece) instanceof Piece.Star) {
            piece++;
        }
        return piece == pieces.size();
    }
}
