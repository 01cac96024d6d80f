// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.store.commit.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes where counting goes on of what was not counted for long. While an instance lives by the inventory that stays, however long nobody
 * measured it: its next counter would otherwise count whole, or not at all.
 */
public final class OldCarries {
    /** Rows that are looked at in one go. */
    private static final int CHUNK = 500;

    /** So many goes are in a run; the next one goes on behind what lived. */
    private static final int GOES = 20;

    private final Questions questions;

    /** Where the last run ended; null: at the end. */
    private volatile @Nullable Old last;

    public OldCarries(Engine engine) {
        this.questions = new Questions(engine);
    }

    /** One of them; its subject is an instance, a slash, and a part of the instance. */
    private record Old(long end, String task, String subject) {
        String instance() {
            int slash = subject.indexOf('/');
            return slash < 0 ? subject : subject.substring(0, slash);
        }
    }

    /**
     * Removes those that were counted last before {@code before}, in microseconds since the epoch, the oldest first. Looks at a bounded number of
     * rows, whatever lives, and goes on from there the next time.
     *
     * @param most as many at most
     * @return how many
     */
    int remove(long before, int most) {
        int removed = 0;
        Old from = last;
        for (int go = 0; go < GOES && removed < most; go++) {
            List<Old> found = after(from, before);
            Dead dead = removeDead(found, before, most - removed);
            removed += dead.removed();
            boolean all = found.size() < CHUNK && dead.all();
            if (dead.all()) {
                from = all ? null : found.getLast();
                last = from;
            }
            if (all) {
                break;
            }
        }
        return removed;
    }

    /** In the order of the index by age; asked in parts, since not every server finds the place of three columns at once in it. */
    private List<Old> after(@Nullable Old from, long before) {
        return questions.read(session -> {
            List<Old> found = new ArrayList<>();
            Connection connection = session.connection();
            if (from != null && from.end() < before) {
                add(
                        found,
                        "period_end = ? AND task = ? AND subject > ?",
                        connection,
                        from.end(),
                        from.task(),
                        from.subject());
                add(found, "period_end = ? AND task > ?", connection, from.end(), from.task());
            }
            long end = from == null ? Long.MIN_VALUE : from.end();
            add(found, "period_end > ? AND period_end < ?", connection, end, before);
            return found;
        });
    }

    private static void add(List<Old> found, String where, Connection connection, Object... values)
            throws SQLException {
        if (found.size() < CHUNK) {
            new SqlText("SELECT period_end, task, subject FROM usage_carries")
                    .add("WHERE " + where, values)
                    .add("ORDER BY period_end, task, subject LIMIT ?", CHUNK - found.size())
                    .query(connection, row -> found.add(new Old(row.getLong(1), row.getString(2), row.getString(3))));
        }
    }

    /** @param all whether all of them that are dead are removed */
    private record Dead(int removed, boolean all) {}

    private Dead removeDead(List<Old> found, long before, int most) {
        if (found.isEmpty()) {
            return new Dead(0, true);
        }
        return questions.write(transaction -> {
            Connection connection = transaction.connection();
            Set<String> living = living(found, connection);
            List<Old> dead = found.stream()
                    .filter(one -> !living.contains(one.instance()))
                    .toList();
            int removed = 0;
            for (Old one : dead.subList(0, Math.min(most, dead.size()))) {
                removed += new SqlText("DELETE FROM usage_carries WHERE task = ? AND subject = ?")
                        .add("AND period_end < ?", one.task(), one.subject(), before)
                        .update(connection);
            }
            return new Dead(removed, dead.size() <= most);
        });
    }

    private static Set<String> living(List<Old> found, Connection connection) throws SQLException {
        List<String> instances = found.stream().map(Old::instance).distinct().toList();
        Set<String> living = new HashSet<>();
        new SqlText("SELECT id FROM inventory_instances WHERE ended IS NULL")
                .add("AND id IN (" + "?, ".repeat(instances.size() - 1) + "?)", instances.toArray())
                .query(connection, row -> living.add(row.getString(1)));
        return living;
    }
}
