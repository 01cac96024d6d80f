// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CleanupKind;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.CleanupDesk;
import io.nephometer.store.ledger.CleanupView.Target;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditPendingCommandTest {
    private static final Instant T = Instant.parse("2026-11-28T10:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private String store = "";

    @BeforeEach
    void candidates() {
        store = "sqlite:" + folder.resolve("ledger.db");
        try (Ledger ledger = Ledgers.open(StoreUrl.parse(store), LedgerOptions.DEFAULTS, WallClock.system())) {
            CleanupDesk desk = ledger.cleanups();
            desk.attempt(new Target(CleanupKind.SOFT_DELETED, "b", "h2"), T, 5, "deleted, and not removed by Nova");
            desk.attempt(new Target(CleanupKind.ENDED, "z", "h1"), T, 1, "it ended, and ran on h1");
            desk.attempt(new Target(CleanupKind.ENDED, "a", "h2"), T, 5, "it ended, and ran on h2");
            assertThat(desk.clean(new Target(CleanupKind.ENDED, "c", null), List.of(), T))
                    .isTrue();
        }
    }

    @Test
    void whatShouldBeGoneIsListedByHostAndInstance() throws JsonException {
        List<? extends Map<String, ?>> rows = CommandRun.of("audit", "pending", "--store", store, "--format", "jsonl")
                .done()
                .objects();
        assertThat(rows)
                .extracting(row -> row.get("host") + " " + row.get("instance") + " " + row.get("kind") + " "
                        + row.get("state") + " " + row.get("attempts"))
                .containsExactly("h1 z ended given_up 1", "h2 a ended open 1", "h2 b soft_deleted open 1");
        assertThat(rows.getFirst().get("given_up")).isEqualTo(rows.getFirst().get("last_tried"));
        assertThat(rows.getFirst().get("detail")).isEqualTo("it ended, and ran on h1");
        assertThat(rows.get(1).get("given_up")).isNull();
    }

    @Test
    void whatIsSettledIsListedOnDemand() {
        assertThat(CommandRun.of("audit", "pending", "--store", store).done().out())
                .contains("given_up")
                .doesNotContain("settled");
        assertThat(CommandRun.of("audit", "pending", "--all", "--store", store)
                        .done()
                        .out())
                .contains("settled");
    }
}
