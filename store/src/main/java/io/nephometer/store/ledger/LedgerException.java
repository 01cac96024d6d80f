// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import org.jspecify.annotations.Nullable;

/** A ledger cannot be opened, or cannot answer. The message says what failed, what happens now and what to change. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public LedgerException(Kind kind, String message) {
        this(kind, message, null);
    }

    public LedgerException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What kind of failure it is; branch on this, never on the message. */
    public enum Kind {
        /** No answer from the database, or it refused us. Trying again later may help. */
        UNREACHABLE,
        /** Another process serves this SQLite file. */
        IN_USE,
        /** There is no ledger at this address. */
        MISSING,
        /** The ledger was made by an older version; {@code store migrate} brings it up. */
        SCHEMA_OLDER,
        /** The ledger was made by a newer version than this program. */
        SCHEMA_NEWER,
        /** The database would say "committed" for what a power cut can still take away. */
        NOT_DURABLE,
        /** The server is none that we support, or is set in a way that we cannot work with, or its driver is missing. */
        UNSUPPORTED_SERVER,
        /** The database failed in the middle of a question. */
        FAILED
    }
}
