// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

/** A text that is no expression of ours: where, what is wrong, and what to write instead where that can be said. */
public final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    /** @param position of the first character that is to blame, from 0 */
    public SyntaxException(int position, String message) {
        super(message);
        this.position = position;
    }

    /** The first character that is to blame, from 0. */
    public int position() {
        return position;
    }

    /** What is wrong, without the place. */
    public String plainMessage() {
        return String.valueOf(super.getMessage());
    }

    @Override
    public String getMessage() {
        return super.getMessage() + ", at character " + (position + 1);
    }
}
