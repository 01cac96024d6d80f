// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.model.InstanceVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes what is told of instances, or of one kind of asset. Versions stand in the order of the times they are of, whatever the order they are told in: an older one
 * never replaces a newer one. What is told in part keeps what was known before. The SQL is the same on every engine.
 */
public final class VersionTable {
    private static final int CHUNK = 200;
    private static final Comparator<VersionRow> ORDER =
            Comparator.comparingLong(VersionRow::since).thenComparingLong(VersionRow::told);

    private final VersionRows rows;

    /** @param forUpdate see {@link Engine#forUpdate} */
    public VersionTable(VersionTables tables, Transaction transaction, String forUpdate) {
        this.rows = new VersionRows(tables, transaction, forUpdate);
    }

    /** Brings instances into their tables. */
    public static int putInstances(Collection<InstanceVersion> told, Transaction transaction, String forUpdate)
            throws SQLException {
        return new VersionTable(VersionTables.INSTANCES, transaction, forUpdate)
                .put(told.stream().map(VersionRow::of).toList());
    }

    /** Brings assets into the tables of their kinds. */
    public static int putAssets(Collection<AssetVersion> told, Transaction transaction, String forUpdate)
            throws SQLException {
        Map<AssetKind, List<VersionRow>> byKind = new EnumMap<>(AssetKind.class);
        for (AssetVersion one : told) {
            byKind.computeIfAbsent(one.kind(), _ -> new ArrayList<>()).add(VersionRow.of(one));
        }
        int changed = 0;
        for (Map.Entry<AssetKind, List<VersionRow>> kind : byKind.entrySet()) {
            changed += new VersionTable(VersionTables.of(kind.getKey()), transaction, forUpdate).put(kind.getValue());
        }
        return changed;
    }

    /**
     * Brings all into the tables. Rows are locked in the order of their ids, so that writers which overlap wait for one another.
     *
     * @return how many versions were new or changed one
     */
    private int put(List<VersionRow> told) throws SQLException {
        SortedMap<String, List<VersionRow>> byId = new TreeMap<>();
        for (VersionRow version : told) {
            byId.computeIfAbsent(version.id(), _ -> new ArrayList<>()).add(version);
        }
        int changed = 0;
        List<String> ids = List.copyOf(byId.keySet());
        for (int from = 0; from < ids.size(); from += CHUNK) {
            changed += put(byId, ids.subList(from, Math.min(ids.size(), from + CHUNK)));
        }
        return changed;
    }

    private int put(SortedMap<String, List<VersionRow>> told, List<String> ids) throws SQLException {
        List<InstanceHead> heads = rows.lock(ids);
        int changed = 0;
        for (InstanceHead head : heads) {
            List<VersionRow> versions = new ArrayList<>(told.getOrDefault(head.id(), List.of()));
            versions.sort(ORDER);
            for (VersionRow version : versions) {
                changed += put(head, version) ? 1 : 0;
            }
        }
        rows.update(heads);
        return changed;
    }

    private boolean put(InstanceHead head, VersionRow told) throws SQLException {
        long heard = head.told();
        head.heard(told.told());
        VersionRow newest = head.version();
        boolean isNewest = newest == null || newest.since() <= told.since();
        VersionRow before = isNewest ? newest : rows.asOf(head.id(), told.since());
        boolean isSameMoment = before != null && before.since() == told.since();
        if (before != null && isSameMoment && told.told() < (isNewest ? heard : before.told())) {
            return false;
        }
        VersionRow merged = before == null ? told : told.over(before);
        head.launched(merged.launched());
        if (before != null && merged.saysSame(before)) {
            return false;
        }
        rows.put(merged);
        if (isNewest) {
            head.version(merged);
        }
        return true;
    }
}
