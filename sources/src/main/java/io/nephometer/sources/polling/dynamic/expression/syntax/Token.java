// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

import org.jspecify.annotations.Nullable;

/**
 * A piece of an expression.
 *
 * @param text as written; of a text literal, what stands between the quotes
 * @param value of a literal; else null
 * @param position of its first character, from 0
 */
record Token(Kind kind, String text, @Nullable Object value, int position) {
    enum Kind {
        NUMBER,
        TEXT,
        /** {@code f'…'}: what stands in braces is still to be read. */
        FORMATTED,
        NAME,
        /** A name that the grammar uses: {@code if}, {@code not}. */
        WORD,
        SYMBOL,
        END
    }

    /** Whether it is this word or symbol. */
    boolean is(String wanted) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(wanted);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case END -> "the end";
            case TEXT, FORMATTED -> "a text";
            case NUMBER, NAME, WORD, SYMBOL -> text;
        };
    }
}
