// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.testkit.servers.PrivateMariaDb;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One server for all tests of this JVM, each with a database of its own; it ends with the JVM. */
final class SharedMariaDb {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static @Nullable PrivateMariaDb server;

    private SharedMariaDb() {}

    static synchronized PrivateMariaDb server() {
        if (server == null) {
            PrivateMariaDb started = new PrivateMariaDb();
            started.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            server = started;
        }
        return server;
    }

    /** The address of an empty database. */
    static String newDatabase() {
        return server().createDatabase("ledger" + NUMBERS.incrementAndGet());
    }
}
