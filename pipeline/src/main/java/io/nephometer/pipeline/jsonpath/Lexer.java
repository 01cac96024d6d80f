// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Cuts the text of a path into tokens. */
final class Lexer {
    private static final String SIGNS = "[](),:$?@";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Lexer(String text) {
        this.text = text;
    }

    /** All tokens, the last of kind END. */
    List<Token> tokens() throws JsonPathSyntaxException {
        skipBlanks();
        while (at < text.length()) {
            tokens.add(next());
            skipBlanks();
        }
        tokens.add(new Token(Token.Kind.END, "", at));
        return tokens;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '\n')) {
            at++;
        }
    }

    private Token next() throws JsonPathSyntaxException {
        char first = text.charAt(at);
        int sort = sortSign();
        if (sort >= 0) {
            return token(Token.Kind.SORT, text.substring(sort, sort + 1), sort + 1);
        }
        if (text.startsWith("true", at) || text.startsWith("false", at)) {
            // Also at the start of a longer word: such a name must be quoted.
            return token(Token.Kind.TRUTH, first == 't', at + (first == 't' ? 4 : 5));
        }
        if (isLetter(at) || (first == '@' && isLetter(at + 1))) {
            return word();
        }
        if (isDigit(at) || (first == '-' && isDigit(at + 1))) {
            return number();
        }
        return switch (first) {
            case '\'', '"' -> quoted(Token.Kind.NAME);
            case '`' -> quoted(Token.Kind.OPERATION);
            case '=', '!', '<', '>', '~' -> comparison();
            case '+', '-', '*' -> token(Token.Kind.ARITHMETIC, String.valueOf(first), at + 1);
            case '|', '&' -> token(Token.Kind.COMBINATION, String.valueOf(first), at + 1);
            case '.' ->
                token(
                        Token.Kind.COMBINATION,
                        text.startsWith("..", at) ? ".." : ".",
                        at + (text.startsWith("..", at) ? 2 : 1));
            default -> sign(first);
        };
    }

    private Token token(Token.Kind kind, Object value, int end) {
        Token token = new Token(kind, value, at);
        at = end;
        return token;
    }

    /** Where the slash or backslash is that comes next, after a comma and white space or not; -1 if something else comes. */
    private int sortSign() {
        int sign = text.charAt(at) == ',' ? at + 1 : at;
        while (sign < text.length() && PythonText.isSpace(text.charAt(sign))) {
            sign++;
        }
        return sign < text.length() && (text.charAt(sign) == '/' || text.charAt(sign) == '\\') ? sign : -1;
    }

    private boolean isLetter(int index) {
        if (index >= text.length()) {
            return false;
        }
        char c = text.charAt(index);
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private boolean isDigit(int index) {
        return index < text.length() && Character.isDigit(text.codePointAt(index));
    }

    private boolean continuesWord(int index) {
        return isLetter(index) || (index < text.length() && "0123456789@-".indexOf(text.charAt(index)) >= 0);
    }

    private Token word() {
        int end = at + 1;
        while (continuesWord(end)) {
            end++;
        }
        String word = text.substring(at, end);
        return token(word.equals("where") ? Token.Kind.COMBINATION : Token.Kind.NAME, word, end);
    }

    private Token number() throws JsonPathSyntaxException {
        int whole = digitsFrom(at + (text.charAt(at) == '-' ? 1 : 0));
        if (whole < text.length() && text.charAt(whole) == '.' && isDigit(whole + 1)) {
            int end = digitsFrom(whole + 1);
            return token(Token.Kind.DECIMAL, Double.valueOf(plainDigits(text.substring(at, end))), end);
        }
        BigInteger value = new BigInteger(plainDigits(text.substring(at, whole)));
        return token(Token.Kind.INTEGER, value.bitLength() > 63 ? value : (Object) value.longValue(), whole);
    }

    private int digitsFrom(int start) {
        int end = start;
        while (isDigit(end)) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /** The same number in ASCII digits. */
    private static String plainDigits(String number) {
        StringBuilder plain = new StringBuilder();
        number.codePoints()
                .forEach(c -> plain.append(Character.isDigit(c) ? (char) ('0' + Character.digit(c, 10)) : (char) c));
        return plain.toString();
    }

    private Token quoted(Token.Kind kind) throws JsonPathSyntaxException {
        char mark = text.charAt(at);
        StringBuilder content = new StringBuilder();
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != mark) {
            if (text.charAt(end) == '\\') {
                end++;
                if (end < text.length() && text.charAt(end) == '\n') {
                    throw error(end, "a line break cannot be escaped");
                }
            }
            if (end < text.length()) {
                content.append(text.charAt(end));
                end++;
            }
        }
        if (end >= text.length()) {
            throw error(text.length(), "expected " + mark + " to end what starts at character " + (at + 1));
        }
        return token(kind, content.toString(), end + 1);
    }

    private Token comparison() throws JsonPathSyntaxException {
        int end = at + 1;
        if (text.charAt(at) != '~' && end < text.length() && text.charAt(end) == '=') {
            end++;
        }
        String sign = text.substring(at, end);
        if (sign.equals("!")) {
            throw error(at, "expected != instead of !");
        }
        return token(Token.Kind.COMPARISON, sign, end);
    }

    private Token sign(char sign) throws JsonPathSyntaxException {
        if (SIGNS.indexOf(sign) < 0) {
            throw error(
                    at,
                    "unexpected character " + Character.toString(text.codePointAt(at)) + "; quote a name that has it");
        }
        return token(Token.Kind.SIGN, String.valueOf(sign), at + 1);
    }

    private JsonPathSyntaxException error(int position, String problem) {
        return new JsonPathSyntaxException(text, position, problem);
    }
}
