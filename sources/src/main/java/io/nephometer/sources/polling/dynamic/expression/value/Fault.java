// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

/** Why an expression has no value for what it was given. Unchecked, because it comes out of iterators and comparisons too. */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public Fault(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** A value of a type that cannot be used so. */
    public static Fault type(String message) {
        return new Fault(Kind.TYPE, message);
    }

    /** What is wrong; all but the last are errors of Python too. */
    public enum Kind {
        /** A value of the wrong type. */
        TYPE,
        /** A value of the right type that does not fit: {@code int('x')}. */
        VALUE,
        /** A map has no such key. */
        KEY,
        /** A list has no such item. */
        INDEX,
        /** Such a value has no such method. */
        ATTRIBUTE,
        /** A name that is not there. */
        NAME,
        ZERO_DIVISION,
        /** A number too large for a float. */
        OVERFLOW,
        /** More work, or a larger value, than an expression may make. */
        LIMIT
    }
}
