// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.ingest;

import java.nio.file.Path;

final class SqliteRecordingsIngestTest extends RecordingsIngestContract {
    @Override
    String newLedger(Path folder) {
        return "sqlite:" + folder.resolve("ledger.db");
    }
}
