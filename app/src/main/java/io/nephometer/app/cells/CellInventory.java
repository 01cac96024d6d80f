// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.store.cells.CellInstance;
import io.nephometer.store.cells.NovaCell;
import io.nephometer.store.cells.NovaCell.CellAnswer;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Nova's cell databases as what audits stand on. All cells answer or none does. Each row is in the share that its number says, not its
 * host, which is only known as it is now.
 *
 * @param deletedKept for how long a deleted row stays
 * @param changed told how many rows of an answer changed after the end of their period, so that they may say what became so later
 */
public record CellInventory(Cells cells, CellServers servers, Duration deletedKept, IntConsumer changed)
        implements Inventory {
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
            List<CellAnswer<List<CellInstance>>> answers = new ArrayList<>();
            for (NovaCell cell : cells.all()) {
                answers.add(cells.readUpTo(cell, needed, view -> view.window(period, share)));
            }
            return new Window(place(answers), instances(answers, period));
        } catch (LedgerException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }

    private List<InstanceVersion> instances(List<CellAnswer<List<CellInstance>>> answers, Period period) {
        CellVersions versions = new CellVersions(servers);
        List<InstanceVersion> instances = new ArrayList<>();
        int later = 0;
        for (CellAnswer<List<CellInstance>> answer : answers) {
            for (CellInstance row : answer.value()) {
                versions.of(row, period, answer.complete()).ifPresent(instances::add);
                Instant updated = row.time("updated_at");
                later += updated != null && !updated.isBefore(period.end()) ? 1 : 0;
            }
        }
        changed.accept(later);
        instances.sort(Comparator.comparing(InstanceVersion::id));
        return instances;
    }
}
