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
import org.jspecify.annotations.Nullable;

/**
 * Nova's cell databases as what audits stand on. All cells answer or none does. Each row is in the share that its number says, not its
 * host, which is only known as it is now. How an instance was before a change is asked of an inventory that has versions.
 *
 * @param own which is asked; while it is expected to know soon, the answer is complete of no more than it is
 * @param deletedKept for how long a deleted row stays
 * @param changed told how many rows of an answer changed after the end of their period, so that they may say what became so later
 */
public record CellInventory(
        Cells cells, CellServers servers, OwnVersions own, Duration deletedKept, IntConsumer changed)
        implements Inventory {
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

    private static Instant watermark(List<? extends CellAnswer<?>> answers) {
        return answers.stream()
                .map(CellAnswer::complete)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** What changed after the period is known up to there. */
    private static Place behind(Place cells, Place own) {
        String source = own.source() + ", for what changed in " + cells.source();
        return new Place(source, cells.from(), own.watermark());
    }

    private Place place(List<? extends CellAnswer<?>> answers) {
        Instant watermark = watermark(answers);
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
            Place place = place(answers);
            CellPast.Unknown unknown = unknown(answers, period);
            OwnVersions.Answer then = own.of(period, unknown.all(), needed, watermark(answers));
            if (then.awaited() != null) {
                return new Window(behind(place, then.awaited()), List.of());
            }
            changed.accept(unknown.changed().size());
            CellPast past = new CellPast(then);
            List<InstanceVersion> instances = past.of(instances(answers, period), unknown);
            return new Window(place, instances, past.unsure());
        } catch (LedgerException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }

    private static CellPast.Unknown unknown(List<CellAnswer<CellWindow>> answers, Period period) {
        Set<String> changed = new TreeSet<>();
        Set<String> resized = new TreeSet<>();
        Set<String> launchedAnew = new TreeSet<>();
        for (CellAnswer<CellWindow> answer : answers) {
            answer.value().instances().stream()
                    .filter(row -> isSince(row.time("updated_at"), period) || isSince(row.ended(), period))
                    .forEach(row -> changed.add(row.uuid()));
            resized.addAll(answer.value().resized());
            answer.value().launchedAnew().forEach(row -> launchedAnew.add(row.uuid()));
        }
        return new CellPast.Unknown(changed, resized, launchedAnew);
    }

    private static boolean isSince(@Nullable Instant time, Period period) {
        return time != null && !time.isBefore(period.end());
    }

    private List<InstanceVersion> instances(List<CellAnswer<CellWindow>> answers, Period period) {
        CellVersions versions = new CellVersions(servers);
        List<InstanceVersion> instances = new ArrayList<>();
        for (CellAnswer<CellWindow> answer : answers) {
            for (CellInstance row : answer.value().instances()) {
                versions.of(row, period, answer.complete()).ifPresent(instances::add);
            }
        }
        return instances;
    }
}
