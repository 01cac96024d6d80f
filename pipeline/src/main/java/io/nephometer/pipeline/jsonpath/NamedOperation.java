// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.List;
import java.util.regex.PatternSyntaxException;

/** The words in backquotes: {@code this}, {@code parent}, {@code len}, {@code sorted}, {@code split(…)}, {@code sub(…)}. */
final class NamedOperation {
    private static final String SPLIT = "split(";
    private static final String SUBSTITUTION = "sub(";

    private NamedOperation() {}

    static Path parse(String path, Token token) throws JsonPathSyntaxException {
        String word = (String) token.value();
        return switch (word) {
            case "this" -> new Steps.This();
            case "parent" -> new Steps.Parent();
            case "len" -> new Length();
            case "sorted" -> new Sorting(List.of());
            default -> {
                if (word.startsWith(SPLIT)) {
                    yield split(path, token);
                }
                if (word.startsWith(SUBSTITUTION)) {
                    yield substitution(path, token);
                }
                throw new JsonPathSyntaxException(
                        path, token.position(), "expected `this`, `parent`, `len`, `sorted`, `split(…)` or `sub(…)`");
            }
        };
    }

    private static Path split(String path, Token token) throws JsonPathSyntaxException {
        Arguments arguments =
                new Arguments(path, token, SPLIT, "`split(character, segment, most)` with a blank after each comma");
        int separator = arguments.character();
        arguments.comma();
        long segment = arguments.count();
        arguments.comma();
        long most = arguments.countOrAll();
        arguments.end();
        return new Split(separator, segment, most);
    }

    private static Path substitution(String path, Token token) throws JsonPathSyntaxException {
        Arguments arguments =
                new Arguments(path, token, SUBSTITUTION, "`sub(/regex/, replacement)` with a blank after the comma");
        String regex = arguments.slashed();
        arguments.comma();
        String replacement = arguments.rest();
        try {
            return Substitution.of(PythonText.strip(regex), PythonText.strip(replacement));
        } catch (PatternSyntaxException e) {
            throw new JsonPathSyntaxException(path, token.position(), "regular expression: " + e.getMessage());
        }
    }
}
