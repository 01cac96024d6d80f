// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.testkit.servers.PrivateMariaDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** About 15 s. */
@Tag("server")
class MariaDbAuditReadsTest extends AuditReadsContract {
    private static final PrivateMariaDb PRIMARY = PrivateMariaDb.primary();
    private static final PrivateMariaDb REPLICA = PRIMARY.replica();

    @BeforeAll
    static void start() {
        PRIMARY.start();
        REPLICA.start();
    }

    @AfterAll
    static void end() {
        REPLICA.close();
        PRIMARY.close();
    }

    @Override
    String newDatabase(String name) {
        return PRIMARY.createDatabase(name);
    }

    @Override
    String onReplica(String name) {
        return REPLICA.url(name);
    }

    @Override
    String replica() {
        return ":" + REPLICA.port() + " server 2";
    }

    @Override
    void pause() {
        REPLICA.sql("", "STOP REPLICA SQL_THREAD");
    }

    @Override
    void resume() {
        REPLICA.sql("", "START REPLICA SQL_THREAD");
    }

    @Override
    void hangs(boolean on) {
        if (on) {
            REPLICA.freeze();
        } else {
            REPLICA.thaw();
        }
    }
}
