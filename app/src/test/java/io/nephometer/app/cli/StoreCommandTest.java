// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.WallClock;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandTest {
    @TempDir
    private Path folder;

    @Test
    void migrate_makesALedger_andDoesNothingToOneThatIsUpToDate() {
        String store = "sqlite:" + folder.resolve("ledger.db");
        assertThat(CommandRun.of("store", "migrate", "--store", store).done().out())
                .contains("the ledger " + store + " is up to date");
        CommandRun.of("query", "events", "--store", store).done();
        CommandRun.of("store", "migrate", "--store", store).done();
    }

    @Test
    void migrate_saysWhoUsesTheLedger() {
        String store = "sqlite:" + folder.resolve("ledger.db");
        try (Ledger other = Ledgers.open(StoreUrl.parse(store), LedgerOptions.DEFAULTS, WallClock.system())) {
            assertThat(other.isAvailable()).isTrue();
            assertThat(CommandRun.of("store", "migrate", "--store", store)
                            .exits(ExitCode.FAILED)
                            .err())
                    .contains("in use by process");
        }
    }

    @Test
    void size_listsEachTableAndTheSum() throws Exception {
        String store = "sqlite:" + folder.resolve("ledger.db");
        Path file = Files.write(
                folder.resolve("in.jsonl"), List.of(CapturedMessage.line(CapturedMessage.created("m-1", "i-1"))));
        CommandRun.of("ingest", "--store", store, file.toString()).done();

        var sizes = CommandRun.of("store", "size", "--store", store, "--format", "jsonl")
                .done()
                .objects();

        assertThat(sizes)
                .filteredOn(size -> "events".equals(size.get("table")))
                .singleElement()
                .satisfies(size -> assertThat(size).containsEntry("rows", 1L));
        assertThat(sizes.getLast()).containsEntry("table", "total");
        assertThat(sizes.getLast().get("bytes"))
                .isEqualTo(sizes.stream()
                        .filter(size -> !"total".equals(size.get("table")))
                        .mapToLong(size -> size.get("bytes") instanceof Long bytes ? bytes : 0)
                        .sum());
    }
}
