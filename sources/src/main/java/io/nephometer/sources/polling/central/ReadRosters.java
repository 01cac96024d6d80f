// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.coordination.Partitions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The newest rosters, each read and divided once however many partitions ask for it. Thread-safe. */
final class ReadRosters {
    private final Rosters rosters;
    /** No I/O under it. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final Map<String, Divided> divided = new HashMap<>();

    ReadRosters(Rosters rosters) {
        this.rosters = rosters;
    }

    /**
     * A roster by partitions.
     *
     * @param text that it was read from
     * @param began start of the slot that it was listed in
     */
    record Divided(String text, Instant began, Map<Integer, List<Discovered>> byPartition) {
        static Divided read(String text) throws RostersException {
            Roster roster = Roster.read(text);
            return new Divided(
                    text,
                    roster.began(),
                    roster.resources().stream().collect(Collectors.groupingBy(one -> Partitions.of(one.id()))));
        }

        List<Discovered> of(int partition) {
            return byPartition.getOrDefault(partition, List.of());
        }
    }

    /**
     * Null if nobody has listed it yet.
     *
     * @throws RostersException if nobody can tell now, or what is kept is no roster
     */
    @Nullable Divided newest(String discovery) throws RostersException, InterruptedException {
        String text = rosters.newest(discovery);
        if (text == null) {
            return null;
        }
        lock.lock();
        try {
            Divided known = divided.get(discovery);
            if (known != null && known.text().equals(text)) {
                return known;
            }
            Divided read = Divided.read(text);
            divided.put(discovery, read);
            return read;
        } finally {
            lock.unlock();
        }
    }
}
