// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far a database's own log of changes reaches. Only positions of one history can be compared. */
public sealed interface LogPosition {
    /** Whether all that {@code other} reaches is reached here too. */
    boolean covers(LogPosition other);

    /** Whether something is reached here that {@code other} does not reach, as far as both speak of it. */
    boolean isBeyond(LogPosition other);

    /** Of a server that keeps no log, so that nobody can be compared with it. */
    record NoLog(String why) implements LogPosition {
        @Override
        public boolean covers(LogPosition other) {
            return false;
        }

        @Override
        public boolean isBeyond(LogPosition other) {
            return false;
        }

        @Override
        public String toString() {
            return "none: " + why;
        }
    }

    /** A place in PostgreSQL's write-ahead log, in bytes. */
    record Lsn(long bytes) implements LogPosition {
        @Override
        public boolean covers(LogPosition other) {
            return other instanceof Lsn(long theirs) && Long.compareUnsigned(bytes, theirs) >= 0;
        }

        @Override
        public boolean isBeyond(LogPosition other) {
            return other instanceof Lsn(long theirs) && Long.compareUnsigned(bytes, theirs) > 0;
        }

        @Override
        public String toString() {
            return "%X/%X".formatted(bytes >>> 32, bytes & 0xFFFF_FFFFL);
        }
    }

    /**
     * What MariaDB calls a GTID position: the last transaction of each replication domain.
     *
     * @param sequences by domain
     */
    record Gtids(SortedMap<Long, Long> sequences) implements LogPosition {
        public Gtids {
            sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
        }

        /** Reads {@code domain-server-sequence,…}; the text of a server that has written nothing is empty. */
        public static Gtids parse(String text) {
            SortedMap<Long, Long> sequences = new TreeMap<>();
            for (String gtid : text.isBlank() ? new String[0] : text.strip().split("\\s*,\\s*", -1)) {
                String[] parts = gtid.split("-", -1);
                if (parts.length != 3) {
                    throw new IllegalArgumentException("not a GTID: " + gtid);
                }
                sequences.merge(Long.parseLong(parts[0]), Long.parseLong(parts[2]), Math::max);
            }
            return new Gtids(sequences);
        }

        @Override
        public boolean covers(LogPosition other) {
            if (!(other instanceof Gtids(SortedMap<Long, Long> theirs))) {
                return false;
            }
            for (Map.Entry<Long, Long> domain : theirs.entrySet()) {
                if (sequences.getOrDefault(domain.getKey(), 0L) < domain.getValue()) {
                    return false;
                }
            }
            return true;
        }

        /** A domain that {@code other} does not name may be older than its log. */
        @Override
        public boolean isBeyond(LogPosition other) {
            return other instanceof Gtids(SortedMap<Long, Long> theirs)
                    && sequences.entrySet().stream()
                            .anyMatch(
                                    domain -> domain.getValue() > theirs.getOrDefault(domain.getKey(), Long.MAX_VALUE));
        }

        @Override
        public String toString() {
            return sequences.toString();
        }
    }
}
