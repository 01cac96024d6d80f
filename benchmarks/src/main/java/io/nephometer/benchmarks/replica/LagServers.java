// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.replica;

import io.nephometer.store.ledger.StoreUrl;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** A primary and a replica of it, the ways to hurt them, and what people usually ask them for. */
interface LagServers extends AutoCloseable {
    void start() throws SQLException;

    /** Where the ledger is that is replicated. */
    StoreUrl primary();

    StoreUrl replica();

    /** Connections that may write, and commit each statement. */
    DataSource writing();

    /** Connections that do not wait long for an answer. */
    DataSource impatient(StoreUrl url);

    /** What is usually asked for. */
    List<String> measures();

    /**
     * Asks for it.
     *
     * @param replica of a connection to the replica
     * @param primaryAnswers whether the primary can be asked, too
     */
    List<String> ask(Statement replica, boolean primaryAnswers) throws SQLException;

    /** The primary begins another file of its log, and writes nothing more into it. */
    void stir();

    /** Whether what was received is applied. */
    void applies(boolean on);

    /** Whether it is applied one second late. */
    void late(boolean on);

    /** Whether anything is received. */
    void receives(boolean on);

    /** Whether the primary's processes stand still. */
    void primaryHangs(boolean on);

    void replicaHangs(boolean on);

    void killReplica();

    /** A replica of another primary. */
    StoreUrl foreign();

    /** The same, now that it takes writes. */
    StoreUrl promoted();

    /** An address at which nobody is. */
    StoreUrl nobody();

    StoreUrl withPassword(StoreUrl url, String password);

    @Override
    void close();
}
