// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import java.util.List;
import java.util.stream.Stream;

/** What is done for a unit of work. */
sealed interface UnitWork {
    /**
     * A discovery is listed, and measured from that.
     *
     * @param keepsRoster whether others measure what it finds, in partitions
     */
    record Listing(String discovery, List<CentralPollster> pollsters, boolean keepsRoster) implements UnitWork {
        public Listing {
            pollsters = List.copyOf(pollsters);
        }
    }

    /**
     * A part of the resources of a discovery is measured one by one.
     *
     * @param index of the partition
     * @param usesRoster whether what the discovery found is measured
     * @param fixed ids of resources that are measured whether found or not, those of other partitions among them
     */
    record Partition(
            String discovery, int index, List<CentralPollster> pollsters, boolean usesRoster, List<String> fixed)
            implements UnitWork {
        public Partition {
            pollsters = List.copyOf(pollsters);
            fixed = List.copyOf(fixed);
        }
    }

    /** Both together: sources of one name and interval have the same units. */
    default UnitWork and(UnitWork other) {
        return switch (this) {
            case Listing own
            when other instanceof Listing more ->
                new Listing(own.discovery, union(own.pollsters, more.pollsters), own.keepsRoster || more.keepsRoster);
            case Partition own
            when other instanceof Partition more ->
                new Partition(
                        own.discovery,
                        own.index,
                        union(own.pollsters, more.pollsters),
                        own.usesRoster || more.usesRoster,
                        union(own.fixed, more.fixed));
            case Listing _, Partition _ -> throw new IllegalArgumentException("a listing is no partition");
        };
    }

    private static <T> List<T> union(List<T> own, List<T> more) {
        return Stream.concat(own.stream(), more.stream()).distinct().toList();
    }
}
