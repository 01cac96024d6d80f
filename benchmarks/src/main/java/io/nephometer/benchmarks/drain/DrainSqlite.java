// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import io.nephometer.benchmarks.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.Command;

/** {@code drain-sqlite}. */
@Command(
        name = "drain-sqlite",
        description = "Empties a prefilled queue into SQLite with durable commits, beside consumers that keep nothing.")
public final class DrainSqlite extends Drain {
    @Override
    Stores stores() {
        try {
            return new Files(TemporaryFolder.create());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files in one folder. */
    private static final class Files implements Stores {
        private final TemporaryFolder folder;
        private int made;

        Files(TemporaryFolder folder) {
            this.folder = folder;
        }

        @Override
        public String next() {
            made++;
            return "sqlite:" + folder.file("drain" + made + ".db");
        }

        @Override
        public void close() {
            folder.close();
        }
    }
}
