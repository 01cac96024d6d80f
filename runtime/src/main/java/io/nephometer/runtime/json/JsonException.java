// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.json;

/** Text that is not JSON, or more of it than is accepted. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    JsonException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What was wrong. */
    public enum Kind {
        /** The bytes are not UTF-8. */
        NOT_UTF8,
        /** Not JSON, or something follows it. */
        NOT_JSON,
        /** Nested deeper than {@link Json#MAX_DEPTH}. */
        TOO_DEEP
    }
}
