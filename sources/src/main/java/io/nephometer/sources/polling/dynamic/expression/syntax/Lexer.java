// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

import io.nephometer.sources.polling.dynamic.expression.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts a text into tokens. For one use. */
final class Lexer {
    private static final Set<String> WORDS =
            Set.of("and", "else", "False", "for", "if", "in", "is", "lambda", "None", "not", "or", "True");

    /** Words that Python has and we do not: as names they would only give a confusing message later. */
    private static final Set<String> FOREIGN_WORDS = Set.of(
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "except",
            "finally",
            "from",
            "global",
            "import",
            "nonlocal",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield");

    /** Longest first. */
    private static final List<String> SYMBOLS = List.of(
            "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "<", ">", "(", ")", "[", "]", "{", "}", ",",
            ":", ".", "=");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Lexer(String text) {
        this.text = text;
    }

    /** All tokens, the last of kind {@link Kind#END}. */
    List<Token> tokens() throws SyntaxException {
        while (skipBlanks()) {
            char next = text.charAt(at);
            if (isDigit(next) || (next == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
                number();
            } else if (next == '\'' || next == '"') {
                literal("", at);
            } else if (Character.isUnicodeIdentifierStart(next) || next == '_') {
                word();
            } else {
                symbol();
            }
        }
        add(Kind.END, "", null, at);
        return tokens;
    }

    private boolean skipBlanks() {
        while (at < text.length() && " \t\n\r\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length();
    }

    private void number() throws SyntaxException {
        NumberLiteral number = NumberLiteral.read(text, at);
        add(Kind.NUMBER, text.substring(at, number.end()), number.value(), at);
        at = number.end();
    }

    private void word() throws SyntaxException {
        int start = at;
        while (at < text.length() && (Character.isUnicodeIdentifierPart(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        String word = text.substring(start, at);
        if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"') && word.length() <= 2) {
            literal(word.toLowerCase(Locale.ROOT), start);
        } else if (FOREIGN_WORDS.contains(word)) {
            throw new SyntaxException(start, word + " is no part of an expression");
        } else {
            add(WORDS.contains(word) ? Kind.WORD : Kind.NAME, word, null, start);
        }
    }

    private void literal(String prefix, int start) throws SyntaxException {
        if (!Set.of("", "r", "u", "f", "fr", "rf").contains(prefix)) {
            throw new SyntaxException(start, "texts with the prefix " + prefix + " are not supported; leave it out");
        }
        TextLiteral literal = TextLiteral.read(text, at, prefix.contains("r"), prefix.contains("f"));
        Kind kind = prefix.contains("f") ? Kind.FORMATTED : Kind.TEXT;
        add(kind, literal.raw(), literal.value(), literal.begin());
        at = literal.end();
    }

    private void symbol() throws SyntaxException {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                add(Kind.SYMBOL, symbol, null, at);
                at += symbol.length();
                return;
            }
        }
        throw new SyntaxException(at, foreign(text.charAt(at)));
    }

    private static String foreign(char symbol) {
        return switch (symbol) {
            case '|' -> "| begins the next operation, even within quotes; for a text write '\\x7c'";
            case '&', '^', '~' -> "operations on bits are not supported";
            case '#' -> "comments are not supported";
            default -> "unexpected " + symbol;
        };
    }

    private void add(Kind kind, String written, @Nullable Object value, int position) {
        tokens.add(new Token(kind, written, value, position));
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
