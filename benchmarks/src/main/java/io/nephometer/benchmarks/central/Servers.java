// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.testkit.servers.PrivateEtcd;
import io.nephometer.testkit.servers.PrivateEtcdCluster;
import io.nephometer.testkit.servers.PrivatePostgres;
import java.util.List;

/** A PostgreSQL for the ledger, and an etcd of so many nodes. */
final class Servers implements AutoCloseable {
    private final PrivatePostgres postgres = new PrivatePostgres(List.of("max_connections=300"));
    private final PrivateEtcdCluster etcd;
    private int made;

    private Servers(int nodes) {
        etcd = new PrivateEtcdCluster(nodes);
    }

    /** @param nodes of etcd; none if members know one another by the ledger's database */
    static Servers start(int nodes) {
        Servers servers = new Servers(nodes);
        servers.postgres.start();
        servers.etcd.start();
        return servers;
    }

    /** The name of a new database. */
    String newDatabase() {
        made++;
        String name = "ledger" + made;
        postgres.createDatabase(name);
        return name;
    }

    String url(String database, int port) {
        return "postgresql://" + PrivatePostgres.USER + ":" + PrivatePostgres.PASSWORD + "@127.0.0.1:" + port + "/"
                + database;
    }

    int ledgerPort() {
        return postgres.port();
    }

    List<Integer> etcdPorts() {
        return etcd.nodes().stream().map(PrivateEtcd::port).toList();
    }

    boolean hasEtcd() {
        return !etcd.nodes().isEmpty();
    }

    /** Ends what members know one another by: etcd, or else the database. */
    void killCoordinator() {
        if (hasEtcd()) {
            etcd.kill();
        } else {
            postgres.kill();
        }
    }

    /** Ends one node of etcd, the one that leads. */
    void killLeader() {
        etcd.leader().ifPresent(PrivateEtcd::kill);
    }

    /** The database of the ledger stands still: it takes connections and says nothing. */
    void freezeLedger() {
        postgres.freeze();
    }

    /** It goes on. */
    void thawLedger() {
        postgres.thaw();
    }

    /** Starts all that does not run. */
    void restart() {
        postgres.start();
        etcd.start();
    }

    @Override
    public void close() {
        etcd.close();
        postgres.close();
    }
}
