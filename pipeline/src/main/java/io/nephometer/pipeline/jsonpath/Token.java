// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

/**
 * A word or sign of a path.
 *
 * @param value of a NAME and OPERATION the text without quotes, of an INTEGER a Long or BigInteger, of a DECIMAL a Double, of a
 *     TRUTH a Boolean, else the sign as written
 * @param position of its first character
 */
record Token(Kind kind, Object value, int position) {
    /** What a token is. */
    enum Kind {
        /** A bare or quoted word. */
        NAME,
        INTEGER,
        DECIMAL,
        /** {@code true}, {@code false}. */
        TRUTH,
        /** A word in backquotes. */
        OPERATION,
        /** A slash (upwards) or backslash (downwards), with a comma before it or without. */
        SORT,
        /** {@code = == != < <= > >= ~}. */
        COMPARISON,
        /** {@code . .. | & where}. */
        COMBINATION,
        /** {@code + - *}. */
        ARITHMETIC,
        /** Any other single character. */
        SIGN,
        END
    }

    boolean is(String sign) {
        return switch (kind) {
            case SIGN, COMBINATION, ARITHMETIC -> value.equals(sign);
            case NAME, INTEGER, DECIMAL, TRUTH, OPERATION, SORT, COMPARISON, END -> false;
        };
    }

    /** What a message calls it. */
    String description() {
        return kind == Kind.END ? "the end" : "\"" + value + "\"";
    }
}
