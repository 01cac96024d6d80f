// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.testkit.servers.PrivatePostgres;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A broker and a cluster for all tests of this JVM, one after the other; each test leaves them running. They end with the JVM. */
final class Servers {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable PrivateRabbitMq rabbit;
    private static @Nullable PrivatePostgres postgres;

    private Servers() {}

    static synchronized PrivateRabbitMq rabbit() {
        if (rabbit == null) {
            PrivateRabbitMq started = new PrivateRabbitMq();
            started.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            rabbit = started;
        }
        return rabbit;
    }

    static synchronized PrivatePostgres postgres() {
        if (postgres == null) {
            PrivatePostgres started = PrivatePostgres.withScram();
            started.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            postgres = started;
        }
        return postgres;
    }

    /** The name of an empty database. */
    static String newDatabase() {
        String name = "ledger" + DATABASES.incrementAndGet();
        postgres().createDatabase(name);
        return name;
    }

    /** What a database answers to a query for one number. */
    static long count(String database, String query) {
        return Long.parseLong(postgres().sql(database, query));
    }
}
