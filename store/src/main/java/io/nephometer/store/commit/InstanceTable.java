// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.InstanceVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes what is told of instances. Versions stand in the order of the times they are of, whatever the order they are told in: an older one
 * never replaces a newer one. What is told in part keeps what was known before. The SQL is the same on every engine.
 */
public final class InstanceTable {
    private static final int CHUNK = 200;
    private static final Comparator<InstanceVersion> ORDER =
            Comparator.comparing(InstanceVersion::since).thenComparing(InstanceVersion::told);

    private final VersionRows rows;

    /** @param forUpdate see {@link Engine#forUpdate} */
    public InstanceTable(Transaction transaction, String forUpdate) {
        this.rows = new VersionRows(transaction, forUpdate);
    }

    /**
     * Brings all into the tables. Instances are locked in the order of their ids, so that writers which overlap wait for one another.
     *
     * @return how many versions were new or changed one
     */
    public int put(Collection<InstanceVersion> told) throws SQLException {
        SortedMap<String, List<InstanceVersion>> byId = new TreeMap<>();
        for (InstanceVersion version : told) {
            byId.computeIfAbsent(version.id(), _ -> new ArrayList<>()).add(version);
        }
        int changed = 0;
        List<String> ids = List.copyOf(byId.keySet());
        for (int from = 0; from < ids.size(); from += CHUNK) {
            changed += put(byId, ids.subList(from, Math.min(ids.size(), from + CHUNK)));
        }
        return changed;
    }

    private int put(SortedMap<String, List<InstanceVersion>> told, List<String> ids) throws SQLException {
        List<InstanceHead> heads = rows.lock(ids);
        int changed = 0;
        for (InstanceHead head : heads) {
            List<InstanceVersion> versions = new ArrayList<>(told.getOrDefault(head.id(), List.of()));
            versions.sort(ORDER);
            for (InstanceVersion version : versions) {
                changed += put(head, VersionRow.of(version)) ? 1 : 0;
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
