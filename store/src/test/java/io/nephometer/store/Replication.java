// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.commit.Engine;
import io.nephometer.store.ledger.StoreUrl;

/** A primary and a replica of it, really replicating, and the ways to hurt them. */
interface Replication extends AutoCloseable {
    void start();

    /** The address of an empty database on the primary. */
    StoreUrl newLedger();

    /** The same database on the replica. */
    StoreUrl onReplica(StoreUrl ledger);

    /** What is in the identity of the primary alone. */
    String primary();

    /** What is in the identity of the replica alone. */
    String replica();

    /** What was received is not applied. */
    void pause();

    /** Nothing is received. */
    void cut();

    /** The primary does what is no change of anything, but fills its log. */
    void stir();

    void freezePrimary();

    void thawPrimary();

    void freezeReplica();

    void thawReplica();

    /** The address of the ledger on a server that was its replica and takes writes now, until {@link #mend}. */
    StoreUrl promoted(StoreUrl ledger);

    /** The address of another ledger, on a server that is a replica or looks like one, until {@link #mend}. */
    StoreUrl foreign();

    /** The address of a ledger on a server that takes writes and is no primary of ours. */
    StoreUrl alone();

    /** An address at the replica under which there is no database. */
    StoreUrl nowhere();

    StoreUrl withPassword(StoreUrl url, String password);

    /** What the server says to a wrong password, with the name of the user. */
    String accessDenied();

    /** The same for an account that may only look, made as the manual says. */
    StoreUrl asReader(StoreUrl url);

    /** The same for one that may look how the server stands, but not read what is in the ledger. */
    StoreUrl asBlind(StoreUrl url);

    /** Gives a column of a ledger's table another name, on the primary. */
    void rename(StoreUrl ledger, String table, String column, String to);

    /** Both servers are of time zones far from ours, and from each other's, until {@link #mend}. */
    void abroad();

    /** Sessions as replicas are read by, whatever the server is. */
    Engine readPort(StoreUrl url);

    /** The primary's clock, milliseconds since the epoch. */
    String clock();

    /** Ends what was done to them. */
    void mend();

    @Override
    void close();
}
