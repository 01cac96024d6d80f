// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database that keeps a ledger. */
public interface Engine {
    /** Opens a transaction that may write. */
    Transaction begin() throws SQLException;

    /** Opens a transaction that only reads, and sees one state throughout. */
    ReadSession read() throws SQLException;

    /**
     * Opens one for a question that a row or two answer. It never waits for those that may take long, and a server that is silent is given
     * up soon.
     */
    default ReadSession look() throws SQLException {
        return read();
    }

    /** What a failure means for the batch. */
    Verdict verdict(SQLException failure);

    /** How it says what others say differently. */
    Dialect dialect();

    /** What to add to a SELECT of rows that are changed next. */
    String forUpdate();

    /** SQL for the time by the database's clock, microseconds since the epoch; null if it has none but this process's. */
    @Nullable String clock();

    void setUuid(PreparedStatement statement, int index, UUID value) throws SQLException;

    UUID getUuid(ResultSet row, int column) throws SQLException;

    /**
     * SQL that is true where the traits in column {@code traits} hold one of {@code alternatives} (name, dtype, value as
     * text) triples given as parameters.
     */
    String traitCondition(int alternatives);

    /** Bytes on disk of a table and its indexes. */
    long sizeOf(ReadSession session, String table) throws SQLException;

    /** What a failure means. */
    enum Verdict {
        /** The database refused the data itself: SQLSTATE 22, 23. */
        DATA,
        /** Another transaction got in the way; the same work may succeed now. */
        AGAIN,
        /** Anything else. */
        UNAVAILABLE
    }
}
