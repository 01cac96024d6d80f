// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.testkit.servers.PrivatePostgres;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One cluster for all tests of this JVM, each with a database of its own; it ends with the JVM. */
final class SharedPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();
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

    /** The address of an empty database. */
    static String newDatabase() {
        return cluster().createDatabase("ledger" + DATABASES.incrementAndGet());
    }
}
