// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.runtime.json.Json;
import io.nephometer.store.ledger.PendingSamples.Completion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Completes rows of samples that were committed without metadata. Made for one transaction. */
final class Completions {
    private final Transaction transaction;
    private final RowWriter writer;

    Completions(Transaction transaction, RowWriter writer) {
        this.transaction = transaction;
        this.writer = writer;
    }

    /** By the ids of their rows; refuses what no store could keep. */
    static SortedMap<Long, Completion> checked(Collection<Completion> completions) throws UnstorableException {
        SortedMap<Long, Completion> byId = new TreeMap<>();
        for (Completion completion : completions) {
            if (completion.project() != null) {
                StorableText.name("the project of late metadata", completion.project());
            }
            if (completion.user() != null) {
                StorableText.name("the user of late metadata", completion.user());
            }
            byId.put(completion.id(), completion);
        }
        return byId;
    }

    /** Writes those that are open; nothing at all if none is. */
    RowWriter.Written write(SortedMap<Long, Completion> completions, long batch, String forUpdate) throws SQLException {
        PendingTable table = new PendingTable(transaction.connection());
        SortedMap<Long, PendingTable.Open> open = table.open(completions.keySet(), forUpdate);
        List<PreparedPack> packs = new ArrayList<>(open.size());
        for (PendingTable.Open row : open.values()) {
            packs.add(pack(row, Objects.requireNonNull(completions.get(row.id()))));
        }
        writer.resolveAll(packs);
        List<PendingTable.Completed> rows = new ArrayList<>(packs.size());
        for (PendingTable.Open row : open.values()) {
            PreparedPack pack = packs.get(rows.size());
            rows.add(new PendingTable.Completed(
                    row.id(),
                    RowId.of(batch, rows.size()),
                    writer.metadata(pack),
                    writer.project(pack),
                    writer.user(pack)));
        }
        table.complete(rows);
        int samples =
                open.values().stream().mapToInt(PendingTable.Open::samples).sum();
        return new RowWriter.Written(0, rows.size(), samples, 0);
    }

    private static PreparedPack pack(PendingTable.Open row, Completion completion) {
        String json = Json.write(completion.metadata());
        PreparedPack.Group group = new PreparedPack.Group(
                PreparedPack.POLLED, row.resource(), completion.project(), completion.user(), row.measured(), json);
        return new PreparedPack(group, json, PackingOrder.hash(json), List.of());
    }
}
