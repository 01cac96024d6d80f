// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.testkit.servers.PrivatePostgres;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One cluster for all tests of this JVM, each with a database or schema of its own; it ends with the JVM. */
final class SharedPostgres {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static @Nullable PrivatePostgres cluster;

    private SharedPostgres() {}

    static synchronized PrivatePostgres cluster() {
        if (cluster == null) {
            PrivatePostgres started = new PrivatePostgres();
            started.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            cluster = started;
        }
        return cluster;
    }

    /** The address of an empty database, for tests that change the database itself. */
    static String newDatabase() {
        return cluster().createDatabase("ledger" + NUMBERS.incrementAndGet());
    }

    /** The address of an empty schema of a shared database, which costs next to nothing. */
    static String newSchema() {
        String name = "ledger" + NUMBERS.incrementAndGet();
        cluster().sql("postgres", "CREATE SCHEMA " + name);
        return cluster().url("postgres") + "?currentSchema=" + name;
    }
}
