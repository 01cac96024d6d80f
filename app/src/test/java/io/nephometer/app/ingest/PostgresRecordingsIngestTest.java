// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.ingest;

import io.nephometer.testkit.servers.PrivatePostgres;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("server")
final class PostgresRecordingsIngestTest extends RecordingsIngestContract {
    private static final PrivatePostgres SERVER = new PrivatePostgres();
    private static final AtomicInteger LEDGERS = new AtomicInteger();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    String newLedger(Path folder) {
        return SERVER.createDatabase("ledger" + LEDGERS.incrementAndGet());
    }
}
