// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The words in backquotes: {@code this}, {@code parent}, {@code len}, {@code sorted}, {@code split(…)}, {@code sub(…)}. */
final class NamedOperation {
    /** Longer numbers of segments and cuts mean the same. */
    private static final int MAX_DIGITS = 18;

    private static final Pattern SPLIT =
            compile("split\\((?<separator>.),\\s+(?<segment>\\d+),\\s+(?<most>\\d+|-1)\\)");
    private static final Pattern SUBSTITUTION = compile("sub\\(/(?<regex>.*)/,\\s+(?<replacement>.*)\\)");

    private NamedOperation() {}

    private static Pattern compile(String regex) {
        return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES);
    }

    static Path parse(String path, Token token) throws JsonPathSyntaxException {
        String word = (String) token.value();
        return switch (word) {
            case "this" -> new Steps.This();
            case "parent" -> new Steps.Parent();
            case "len" -> new Length();
            case "sorted" -> new Sorting(List.of());
            default -> {
                if (word.startsWith("split(")) {
                    yield split(path, token, word);
                }
                if (word.startsWith("sub(")) {
                    yield substitution(path, token, word);
                }
                throw new JsonPathSyntaxException(
                        path, token.position(), "expected `this`, `parent`, `len`, `sorted`, `split(…)` or `sub(…)`");
            }
        };
    }

    private static Path split(String path, Token token, String word) throws JsonPathSyntaxException {
        Matcher parts = SPLIT.matcher(word);
        if (!parts.lookingAt()) {
            throw new JsonPathSyntaxException(
                    path, token.position(), "expected `split(character, segment, most)` with a blank after each comma");
        }
        String most = parts.group("most");
        return new Split(
                parts.group("separator").codePointAt(0),
                count(parts.group("segment")),
                most.equals("-1") ? -1 : count(most));
    }

    private static long count(String digits) {
        Number count = PythonNumber.readInteger(digits);
        return count instanceof Long small && digits.length() <= MAX_DIGITS ? small : Long.MAX_VALUE;
    }

    private static Path substitution(String path, Token token, String word) throws JsonPathSyntaxException {
        Matcher parts = SUBSTITUTION.matcher(word);
        if (!parts.lookingAt()) {
            throw new JsonPathSyntaxException(
                    path, token.position(), "expected `sub(/regex/, replacement)` with a blank after the comma");
        }
        try {
            return Substitution.of(
                    PythonText.strip(parts.group("regex")), PythonText.strip(parts.group("replacement")));
        } catch (PatternSyntaxException e) {
            throw new JsonPathSyntaxException(path, token.position(), "regular expression: " + e.getMessage());
        }
    }
}
