// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

import io.nephometer.sources.polling.dynamic.expression.syntax.Token.Kind;
import java.util.List;

/** A walk along tokens. */
final class Tokens {
    private final List<Token> tokens;
    private int at;

    Tokens(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /** The next one, which stays the next. */
    Token peek() {
        return tokens.get(at);
    }

    /** The one behind the next; the end has nothing behind it. */
    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    /** Takes the next one if it is this word or symbol. */
    boolean takeIf(String wanted) {
        boolean is = peek().is(wanted);
        if (is) {
            at++;
        }
        return is;
    }

    Token expect(String wanted) throws SyntaxException {
        Token token = take();
        if (!token.is(wanted)) {
            throw new SyntaxException(token.position(), "expected " + wanted + ", found " + token);
        }
        return token;
    }

    String expectName() throws SyntaxException {
        Token token = take();
        if (token.kind() != Kind.NAME) {
            throw new SyntaxException(token.position(), "expected a name, found " + token);
        }
        return token.text();
    }

    void expectEnd() throws SyntaxException {
        if (peek().kind() != Kind.END) {
            throw new SyntaxException(peek().position(), "unexpected " + peek());
        }
    }
}
