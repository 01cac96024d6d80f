// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Asks one server how it stands. Used by one thread at a time; an answer comes within the time-outs of its connection. */
public interface ReplicaProbe extends AutoCloseable {
    /** Sees to it that {@link #look} has only to ask: what a connection takes does not count as age of the answer. */
    default void connect() throws SQLException {}

    ServerLook look() throws SQLException;

    /** Times that were written on the primary and reached this server, the newest first, one for each of several writers. */
    List<Instant> beats() throws SQLException;

    /** Releases its connection. Legal twice. */
    @Override
    void close();
}
