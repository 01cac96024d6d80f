// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

/** Reads what stands between the parentheses of a named operation, from left to right. For one use. */
final class Arguments {
    /** Longer numbers mean the same: more than there can be. */
    private static final int MAX_DIGITS = 18;

    private final String path;
    private final Token token;
    private final String form;
    private final String text;
    private int at;

    /**
     * @param token the operation
     * @param opening its name and the parenthesis
     * @param form how it should be written; told when it is not
     */
    Arguments(String path, Token token, String opening, String form) {
        this.path = path;
        this.token = token;
        this.form = form;
        this.text = (String) token.value();
        this.at = opening.length();
    }

    private JsonPathSyntaxException malformed() {
        return new JsonPathSyntaxException(path, token.position(), "expected " + form);
    }

    /** Arguments stand on one line; only the blanks between them may contain a break. */
    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /** Any one character. */
    int character() throws JsonPathSyntaxException {
        if (at == endOfLine()) {
            throw malformed();
        }
        int character = text.codePointAt(at);
        at += Character.charCount(character);
        return character;
    }

    private void expect(char sign) throws JsonPathSyntaxException {
        if (character() != sign) {
            throw malformed();
        }
    }

    /** A comma, and a blank or more. */
    void comma() throws JsonPathSyntaxException {
        expect(',');
        int blanks = at;
        while (at < text.length() && PythonText.isSpace(text.charAt(at))) {
            at++;
        }
        if (at == blanks) {
            throw malformed();
        }
    }

    /** A number without sign. */
    long count() throws JsonPathSyntaxException {
        StringBuilder digits = new StringBuilder();
        while (at < text.length() && Character.isDigit(text.codePointAt(at))) {
            digits.append(Character.digit(character(), 10));
        }
        if (digits.isEmpty()) {
            throw malformed();
        }
        return digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits.toString());
    }

    /** A number without sign, or -1. */
    long countOrAll() throws JsonPathSyntaxException {
        if (text.startsWith("-1", at)) {
            at += 2;
            return -1;
        }
        return count();
    }

    /** What stands between slashes. It may contain slashes: the last one that a comma and a blank follow ends it. */
    String slashed() throws JsonPathSyntaxException {
        expect('/');
        int begin = at;
        for (int end = text.lastIndexOf("/,", endOfLine()); end >= begin; end = text.lastIndexOf("/,", end - 1)) {
            int blank = end + 2;
            if (blank < text.length() && PythonText.isSpace(text.charAt(blank))) {
                at = end + 1;
                return text.substring(begin, end);
            }
        }
        throw malformed();
    }

    /** All up to the last closing parenthesis. */
    String rest() throws JsonPathSyntaxException {
        int begin = at;
        int close = text.lastIndexOf(')', endOfLine());
        if (close < begin) {
            throw malformed();
        }
        at = close;
        end();
        return text.substring(begin, close);
    }

    /** The closing parenthesis. What stands behind it means nothing, as in Ceilometer. */
    void end() throws JsonPathSyntaxException {
        expect(')');
    }
}
