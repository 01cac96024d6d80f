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
final class OldCarries {
    /** Rows that are looked at in one go. */
    private static final int CHUNK = 500;

    private final Questions questions;

    OldCarries(Engine engine) {
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
     * Removes those that were counted last before {@code before}, in microseconds since the epoch, the oldest first.
     *
     * @param most as many at most
     * @return how many
     */
    int remove(long before, int most) {
        int removed = 0;
        List<Old> found = after(null, before);
        while (!found.isEmpty() && removed < most) {
            removed += removeDead(found, before, most - removed);
            found = found.size() < CHUNK ? List.of() : after(found.getLast(), before);
        }
        return removed;
    }

    /** In the order of the index by age. */
    private List<Old> after(@Nullable Old last, long before) {
        return questions.read(session -> {
            SqlText text = new SqlText("SELECT period_end, task, subject FROM usage_carries");
            text.add("WHERE period_end < ?", before);
            if (last != null) {
                text.add("AND period_end >= ?", last.end())
                        .add("AND (period_end > ? OR task > ?", last.end(), last.task())
                        .add("OR (task = ? AND subject > ?))", last.task(), last.subject());
            }
            List<Old> found = new ArrayList<>();
            text.add("ORDER BY period_end, task, subject LIMIT ?", CHUNK)
                    .query(
                            session.connection(),
                            row -> found.add(new Old(row.getLong(1), row.getString(2), row.getString(3))));
            return found;
        });
    }

    private int removeDead(List<Old> found, long before, int most) {
        return questions.write(transaction -> {
            Connection connection = transaction.connection();
            Set<String> living = living(found, connection);
            List<Old> dead = found.stream()
                    .filter(one -> !living.contains(one.instance()))
                    .limit(most)
                    .toList();
            int removed = 0;
            for (Old one : dead) {
                removed += new SqlText("DELETE FROM usage_carries WHERE task = ? AND subject = ?")
                        .add("AND period_end < ?", one.task(), one.subject(), before)
                        .update(connection);
            }
            return removed;
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
