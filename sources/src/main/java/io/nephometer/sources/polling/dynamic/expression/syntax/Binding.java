// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

import io.nephometer.sources.polling.dynamic.expression.syntax.Token.Kind;

/** How strongly an operator binds, the weakest first. */
enum Binding {
    NONE,
    OR,
    AND,
    COMPARISON,
    SUM,
    PRODUCT,
    POWER;

    /** Of the operator that {@code token} begins; {@link #NONE} if it begins none. */
    static Binding of(Token token, Token second) {
        if (token.kind() != Kind.SYMBOL && token.kind() != Kind.WORD) {
            return NONE;
        }
        return switch (token.text()) {
            case "or" -> OR;
            case "and" -> AND;
            case "<", "<=", ">", ">=", "==", "!=", "in", "is" -> COMPARISON;
            case "not" -> second.is("in") ? COMPARISON : NONE;
            case "+", "-" -> SUM;
            case "*", "/", "//", "%" -> PRODUCT;
            case "**" -> POWER;
            default -> NONE;
        };
    }
}
