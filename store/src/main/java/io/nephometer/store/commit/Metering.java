// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.store.ledger.CommitStep;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sees to it that what several messages tell is metered once: the others keep their event and lose their samples. */
final class Metering {
    private final Engine engine;
    private final Steps steps;
    private final Transaction transaction;

    Metering(Engine engine, Steps steps, Transaction transaction) {
        this.engine = engine;
        this.steps = steps;
        this.transaction = transaction;
    }

    /** The same messages; of those that tell one occurrence the first ever accepted has its samples. {@code now} in microseconds. */
    List<PreparedMessage> once(List<PreparedMessage> accepted, long now) throws SQLException {
        SortedMap<Occurrence.Key, List<PreparedMessage>> claims = new TreeMap<>();
        for (PreparedMessage message : accepted) {
            Occurrence occurrence = message.occurrence();
            if (occurrence != null) {
                claims.computeIfAbsent(occurrence.of(), _ -> new ArrayList<>()).add(message);
            }
        }
        if (claims.isEmpty()) {
            return accepted;
        }
        Set<PreparedMessage> later = steps.run(CommitStep.OCCURRENCES, () -> later(claims, now));
        return accepted.stream()
                .map(message -> later.contains(message) ? message.eventAlone() : message)
                .toList();
    }

    private Set<PreparedMessage> later(Map<Occurrence.Key, List<PreparedMessage>> claims, long now)
            throws SQLException {
        OccurrenceTable table = new OccurrenceTable(engine, transaction);
        Set<PreparedMessage> later = Collections.newSetFromMap(new IdentityHashMap<>());
        for (List<PreparedMessage> messages : claims.values()) {
            for (PreparedMessage message : messages) {
                Occurrence occurrence = message.occurrence();
                if (occurrence != null && !table.claim(occurrence, now)) {
                    later.add(message);
                }
            }
        }
        return later;
    }
}
