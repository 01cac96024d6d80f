// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cloud as it was, from wherever it may be read. It cannot write. An answer says where it was read and up to when it is complete there;
 * whoever asks decides whether that is enough, so that no copy, however old, leads to a wrong number.
 */
public interface Inventory {
    /** By what instances are divided into shares. Audits of shares that are divided otherwise are other audits. */
    default String partition() {
        return "hosts";
    }

    /**
     * Where a reader that needs everything up to {@code needed} would be sent.
     *
     * @throws AuditException if nobody answers
     */
    Place place(Instant needed) throws AuditException;

    /**
     * The instances that lived in a period, of the hosts of one share, ordered by id, each as it was at the end of the period; all of one state
     * of the database.
     *
     * @param needed as above
     */
    Window window(Period period, int share, Instant needed) throws AuditException;

    /** Those of these instances that lived in a period, on whatever hosts; else the same. */
    default Window window(Period period, Set<String> instances, Instant needed) throws AuditException {
        Place place = place(needed);
        List<InstanceVersion> found = new ArrayList<>();
        List<String> unsure = new ArrayList<>();
        for (int share = 0; share < HostShare.COUNT && !instances.isEmpty(); share++) {
            Window one = window(period, share, needed);
            place = place.earlier(one.place());
            one.instances().stream()
                    .filter(instance -> instances.contains(instance.id()))
                    .forEach(found::add);
            one.unsure().stream().filter(instances::contains).forEach(unsure::add);
        }
        return new Window(place, found, unsure);
    }

    /**
     * Where the inventory is read.
     *
     * @param source for people: {@code primary}
     * @param from of what happened before, something may be missing; null if the cloud was never read whole
     * @param watermark everything that happened before is known; null as above
     */
    record Place(
            String source, @Nullable Instant from, @Nullable Instant watermark) {
        /** Whether all that happened before a time is known. */
        public boolean isCompleteUpTo(Instant time) {
            return watermark != null && !watermark.isBefore(time);
        }

        /** The one of two that is complete of less. */
        Place earlier(Place other) {
            return watermark == null || (other.watermark != null && watermark.isBefore(other.watermark)) ? this : other;
        }
    }

    /**
     * An answer, with the place where it was read.
     *
     * @param unsure instances of which nobody knows how they were at the end of the period: they are told as they are now, or not at all if
     *     it is not even known that they were there; ordered
     */
    record Window(Place place, List<InstanceVersion> instances, List<String> unsure) {
        public Window {
            instances = List.copyOf(instances);
            unsure = List.copyOf(unsure);
        }

        /** One of which all is certain. */
        public Window(Place place, List<InstanceVersion> instances) {
            this(place, instances, List.of());
        }
    }
}
