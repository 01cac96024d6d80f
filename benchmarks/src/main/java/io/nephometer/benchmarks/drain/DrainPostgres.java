// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import io.nephometer.testkit.servers.PrivatePostgres;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drain-postgres}. */
@Command(
        name = "drain-postgres",
        description =
                "Empties a prefilled queue into PostgreSQL with durable commits, beside consumers that keep nothing.")
public final class DrainPostgres extends Drain {
    @Option(
            names = "--postgres-setting",
            description = "For the server, such as shared_buffers=1GB; may be given several times.")
    private List<String> settings = new ArrayList<>();

    @Override
    Stores stores() {
        PrivatePostgres server = new PrivatePostgres(settings);
        server.start();
        return new Databases(server);
    }

    /** Databases of one server; a new one replaces the one before. */
    private static final class Databases implements Stores {
        private final PrivatePostgres server;
        private int made;

        Databases(PrivatePostgres server) {
            this.server = server;
        }

        @Override
        public String next() {
            if (made > 0) {
                server.sql("postgres", "DROP DATABASE drain" + made);
            }
            made++;
            String url = server.createDatabase("drain" + made);
            server.sql("postgres", "CHECKPOINT");
            return url;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
