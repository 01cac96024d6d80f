// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.value.Fault;

/** An expression that has no value for what it was given: what is wrong, of which kind, and where it stands. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault.Kind kind;

    ExpressionException(Fault.Kind kind, String text, int position, String message) {
        super("%s, at character %d of: %s".formatted(message, position + 1, text));
        this.kind = kind;
    }

    public Fault.Kind kind() {
        return kind;
    }
}
