// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import io.nephometer.testkit.servers.PrivateMariaDb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drain-mariadb}. */
@Command(
        name = "drain-mariadb",
        description =
                "Empties a prefilled queue into MariaDB with durable commits, beside consumers that keep nothing.")
public final class DrainMariaDb extends Drain {
    @Option(
            names = "--mariadb-setting",
            description = "For the server, such as innodb-buffer-pool-size=1G; may be given several times.")
    private List<String> settings = new ArrayList<>();

    @Override
    Stores stores() {
        PrivateMariaDb server = new PrivateMariaDb(settings);
        server.start();
        return new Databases(server);
    }

    /** Databases of one server; a new one replaces the one before. */
    private static final class Databases implements Stores {
        private final PrivateMariaDb server;
        private int made;

        Databases(PrivateMariaDb server) {
            this.server = server;
        }

        @Override
        public String next() {
            if (made > 0) {
                server.sql("", "DROP DATABASE drain" + made);
            }
            made++;
            return server.createDatabase("drain" + made);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
