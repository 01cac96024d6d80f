// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.nephometer.app.config.NovaCellConfig;
import io.nephometer.app.config.NovaCellsConfig;
import io.nephometer.app.config.ReadFrom;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.cells.CellSettings;
import io.nephometer.store.cells.CellStatus;
import io.nephometer.store.cells.CellView;
import io.nephometer.store.cells.CellView.Seen;
import io.nephometer.store.cells.NovaCell;
import io.nephometer.store.cells.NovaCell.CellAnswer;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.RouterObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** The cell databases of a cloud, read as the configuration says. Thread-safe. */
public final class Cells implements AutoCloseable {
    private final List<NovaCell> all;
    private final ReadIntent recent;
    private final Fallback fallback;
    private final boolean primaryAlone;

    private Cells(List<NovaCell> all, NovaCellsConfig config) {
        this.all = List.copyOf(all);
        this.recent = new ReadIntent.Bounded(config.maxStaleness());
        this.fallback = config.fallback();
        this.primaryAlone = config.read() == ReadFrom.PRIMARY;
    }

    /**
     * Nobody is asked yet.
     *
     * @param observers sees where the reads of a cell go, by its name
     */
    public static Cells of(
            NovaCellsConfig config, InstantSource clock, Ticker ticker, Function<String, RouterObserver> observers) {
        return new Cells(
                config.cells().stream()
                        .map(cell -> NovaCell.of(settings(config, cell), clock, ticker, observers.apply(cell.name())))
                        .toList(),
                config);
    }

    private static CellSettings settings(NovaCellsConfig config, NovaCellConfig cell) {
        return new CellSettings(
                cell.name(),
                cell.server(),
                config.read() == ReadFrom.PRIMARY ? List.of() : cell.replicas(),
                config.routing(),
                config.connectTimeout(),
                config.statementTimeout(),
                config.connections());
    }

    /** In the order of the configuration. */
    public List<NovaCell> all() {
        return all;
    }

    /** Begins to ask the servers how they stand. */
    public void start() {
        all.forEach(NovaCell::start);
    }

    /** The same for a process that lives as long as one command: returns when it is known how they stand, or after that time. */
    public void settle(Duration atMost) {
        all.forEach(cell -> cell.router().settle(atMost));
    }

    /**
     * Up to when an answer of a cell would be complete, asked now.
     *
     * @throws LedgerException if nobody answers
     */
    Instant complete(NovaCell cell) {
        return read(cell, CellView::look).complete();
    }

    /** Asks whoever is recent enough. */
    <T> CellAnswer<T> read(NovaCell cell, Function<CellView, Seen<T>> question) {
        return primaryAlone ? cell.readPrimary(question) : cell.read(recent, fallback, question);
    }

    /** Asks whoever has everything up to a moment. */
    <T> CellAnswer<T> readUpTo(NovaCell cell, Instant needed, Function<CellView, Seen<T>> question) {
        return primaryAlone ? cell.readPrimary(question) : cell.readUpTo(needed, fallback, question);
    }

    /** How each stands, asked now. */
    public List<CellStatus> look() {
        return all.stream()
                .map(cell -> cell.look(primaryAlone ? ReadIntent.PRIMARY : recent, fallback))
                .toList();
    }

    @Override
    public void close() {
        all.forEach(NovaCell::close);
    }
}
