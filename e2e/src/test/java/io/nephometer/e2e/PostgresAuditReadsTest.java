// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.testkit.servers.PrivatePostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** About 12 s. */
@Tag("server")
class PostgresAuditReadsTest extends AuditReadsContract {
    private static final PrivatePostgres PRIMARY = new PrivatePostgres();
    private static final PrivatePostgres STANDBY = PRIMARY.standby();

    @BeforeAll
    static void start() {
        PRIMARY.start();
        STANDBY.start();
    }

    @AfterAll
    static void end() {
        STANDBY.close();
        PRIMARY.close();
    }

    @Override
    String newDatabase(String name) {
        return PRIMARY.createDatabase(name);
    }

    @Override
    String onReplica(String name) {
        return STANDBY.url(name);
    }

    @Override
    String replica() {
        return ":" + STANDBY.port() + " since ";
    }

    @Override
    void pause() {
        STANDBY.sql("postgres", "SELECT pg_wal_replay_pause()");
    }

    @Override
    void resume() {
        STANDBY.sql("postgres", "SELECT pg_wal_replay_resume()");
    }

    @Override
    void hangs(boolean on) {
        if (on) {
            STANDBY.freeze();
        } else {
            STANDBY.thaw();
        }
    }
}
