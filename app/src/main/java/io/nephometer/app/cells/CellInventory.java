// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.store.cells.CellInstance;
import io.nephometer.store.cells.CellWindow;
import io.nephometer.store.cells.NovaCell;
import io.nephometer.store.cells.NovaCell.CellAnswer;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * Nova's cell databases as what audits stand on. All cells answer or none does. Each row is in the share that its number says, not its
 * host, which is only known as it is now. How an instance was before a change is asked of an inventory that has versions.
 *
 * @param own which is asked; what it is not complete of it does not tell
 * @param deletedKept for how long a deleted row stays
 * @param changed told how many rows of an answer changed after the end of their period, so that they may say what became so later
 */
public record CellInventory(Cells cells, CellServers servers, Inventory own, Duration deletedKept, IntConsumer changed)
        implements Inventory {
    /** No inventory: it knows of nothing. */
    public static final Inventory NO_OTHER = new Inventory() {
        @Override
        public Place place(Instant needed) {
            return new Place("none", null, null);
        }

        @Override
        public Window window(Period period, int share, Instant needed) {
            return new Window(place(needed), List.of());
        }
    };

    /** By rows: hosts are known as they are now. */
    @Override
    public String partition() {
        return "rows";
    }

    @Override
    public Place place(Instant needed) throws AuditException {
        try {
            List<CellAnswer<Boolean>> answers = new ArrayList<>();
            for (NovaCell cell : cells.all()) {
                answers.add(new CellAnswer<>(true, cells.complete(cell), "cell " + cell.name()));
            }
            return place(answers);
        } catch (LedgerException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }

    private Place place(List<? extends CellAnswer<?>> answers) {
        Instant watermark = answers.stream()
                .map(CellAnswer::complete)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        String source =
                String.join("; ", answers.stream().map(CellAnswer::source).toList());
        return new Place(source, watermark.minus(deletedKept), watermark);
    }

    @Override
    public Window window(Period period, int share, Instant needed) throws AuditException {
        try {
            List<CellAnswer<CellWindow>> answers = new ArrayList<>();
            for (NovaCell cell : cells.all()) {
                answers.add(cells.readUpTo(cell, needed, view -> view.window(period, share)));
            }
            CellPast past = new CellPast(own, period, needed);
            List<InstanceVersion> instances = past.of(instances(answers, period), unknown(answers));
            return new Window(place(answers), instances, past.unsure());
        } catch (LedgerException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }

    private static CellPast.Unknown unknown(List<CellAnswer<CellWindow>> answers) {
        Set<String> resized = new TreeSet<>();
        Set<String> launchedAnew = new TreeSet<>();
        for (CellAnswer<CellWindow> answer : answers) {
            resized.addAll(answer.value().resized());
            answer.value().launchedAnew().forEach(row -> launchedAnew.add(row.uuid()));
        }
        return new CellPast.Unknown(resized, launchedAnew);
    }

    private List<InstanceVersion> instances(List<CellAnswer<CellWindow>> answers, Period period) {
        CellVersions versions = new CellVersions(servers);
        List<InstanceVersion> instances = new ArrayList<>();
        int later = 0;
        for (CellAnswer<CellWindow> answer : answers) {
            for (CellInstance row : answer.value().instances()) {
                versions.of(row, period, answer.complete()).ifPresent(instances::add);
                Instant updated = row.time("updated_at");
                later += updated != null && !updated.isBefore(period.end()) ? 1 : 0;
            }
        }
        changed.accept(later);
        return instances;
    }
}
