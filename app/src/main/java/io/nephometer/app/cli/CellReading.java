// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.cells.CellInventory;
import io.nephometer.app.cells.CellServers;
import io.nephometer.app.cells.Cells;
import io.nephometer.app.cells.OwnVersions;
import io.nephometer.app.config.AuditInventory;
import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.NovaCellsConfig;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.store.replica.RouterObserver;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The cell databases that a command's audits stand on, if they do. */
record CellReading(@Nullable Cells cells, Optional<UnaryOperator<Inventory>> inventory) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    static CellReading of(Configuration configuration) {
        NovaCellsConfig config = configuration.novaCells();
        AuditsConfig audits = configuration.audits();
        if (config == null || audits == null || audits.inventory() != AuditInventory.CELLS) {
            return new CellReading(null, Optional.empty());
        }
        Cells cells = Cells.of(config, WallClock.system(), Ticker.system(), _ -> RouterObserver.NONE);
        cells.settle(PATIENCE);
        cells.start();
        Duration kept = Objects.requireNonNullElse(config.deletedKept(), Duration.ZERO);
        return new CellReading(
                cells,
                Optional.of(own -> new CellInventory(
                        cells,
                        new CellServers(config.instanceNameTemplate()),
                        new OwnVersions(own, Ticker.system(), Duration.ZERO),
                        kept,
                        _ -> {})));
    }

    @Override
    public void close() {
        if (cells != null) {
            cells.close();
        }
    }
}
