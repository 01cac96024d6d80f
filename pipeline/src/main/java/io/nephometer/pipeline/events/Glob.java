// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.events;

import java.util.ArrayList;
import java.util.List;

/**
 * A shell pattern for event types, as Python's {@code fnmatch} reads it: {@code *} any run of characters, {@code ?} any one,
 * {@code [a-z]} one of a set, {@code [!a-z]} one of no set; a bracket that is not closed stands for itself.
 */
public final class Glob {
    private final String pattern;
    private final List<Token> tokens;

    private Glob(String pattern, List<Token> tokens) {
        this.pattern = pattern;
        this.tokens = List.copyOf(tokens);
    }

    /** One piece of a pattern. */
    private sealed interface Token {
        record Run() implements Token {}

        record Any() implements Token {}

        record One(int character) implements Token {}

        /** @param bounds pairs of the first and the last character of a range */
        record Set(boolean negated, List<Integer> bounds) implements Token {}
    }

    static Glob of(String pattern) {
        int[] characters = pattern.codePoints().toArray();
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < characters.length) {
            int end = characters[at] == '[' ? closing(characters, at) : -1;
            if (end >= 0) {
                tokens.add(set(characters, at + 1, end));
                at = end;
            } else if (characters[at] == '*') {
                tokens.add(new Token.Run());
            } else if (characters[at] == '?') {
                tokens.add(new Token.Any());
            } else {
                tokens.add(new Token.One(characters[at]));
            }
            at++;
        }
        return new Glob(pattern, tokens);
    }

    /** The bracket that closes the set; one right at its start is a member. */
    private static int closing(int[] characters, int open) {
        int at = open + 1;
        if (at < characters.length && characters[at] == '!') {
            at++;
        }
        for (at++; at < characters.length; at++) {
            if (characters[at] == ']') {
                return at;
            }
        }
        return -1;
    }

    private static Token set(int[] characters, int from, int end) {
        boolean negated = characters[from] == '!';
        List<Integer> bounds = new ArrayList<>();
        int at = negated ? from + 1 : from;
        while (at < end) {
            boolean range = at + 2 < end && characters[at + 1] == '-';
            bounds.add(characters[at]);
            bounds.add(characters[range ? at + 2 : at]);
            at += range ? 3 : 1;
        }
        return new Token.Set(negated, List.copyOf(bounds));
    }

    /** Whether the pattern is a single star. */
    boolean isStar() {
        return pattern.equals("*");
    }

    boolean matches(String text) {
        int[] characters = text.codePoints().toArray();
        int token = 0;
        int retryToken = -1;
        int retryFrom = 0;
        int at = 0;
        while (at < characters.length) {
            if (token < tokens.size() && tokens.get(token) instanceof Token.Run) {
                retryToken = ++token;
                retryFrom = at;
            } else if (token < tokens.size() && accepts(tokens.get(token), characters[at])) {
                token++;
                at++;
            } else if (retryToken >= 0) {
                token = retryToken;
                at = ++retryFrom;
            } else {
                return false;
            }
        }
        return tokens.stream().skip(token).allMatch(Token.Run.class::isInstance);
    }

    private static boolean accepts(Token token, int character) {
        return switch (token) {
            case Token.Run() -> false;
            case Token.Any() -> true;
            case Token.One(int expected) -> expected == character;
            case Token.Set(boolean negated, List<Integer> bounds) -> contains(bounds, character) != negated;
        };
    }

    private static boolean contains(List<Integer> bounds, int character) {
        for (int i = 0; i < bounds.size(); i += 2) {
            if (bounds.get(i) <= character && character <= bounds.get(i + 1)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
