// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * @param shares one for each pollster; their fixed resources may be those of other partitions
     */
    record Partition(String discovery, int index, List<Share> shares) implements UnitWork {
        public Partition {
            shares = List.copyOf(shares);
        }

        boolean usesRoster() {
            return shares.stream().anyMatch(Share::usesRoster);
        }

        /** Who asks about a resource. */
        List<CentralPollster> pollsters(String id, boolean isFound) {
            return shares.stream()
                    .filter(share -> share.has(id, isFound))
                    .map(Share::pollster)
                    .toList();
        }
    }

    /** In words: the same where the same is measured. */
    default String text() {
        return switch (this) {
            case Listing own ->
                own.pollsters.stream().map(CentralPollster::name).sorted().toList() + (own.keepsRoster ? " kept" : "");
            case Partition own ->
                own.shares.stream().map(Share::text).sorted().toList().toString();
        };
    }

    /** Both together: sources of one name and interval have the same units. */
    default UnitWork and(UnitWork other) {
        return switch (this) {
            case Listing own
            when other instanceof Listing more ->
                new Listing(own.discovery, union(own.pollsters, more.pollsters), own.keepsRoster || more.keepsRoster);
            case Partition own
            when other instanceof Partition more ->
                new Partition(own.discovery, own.index, merged(own.shares, more.shares));
            case Listing _, Partition _ -> throw new IllegalArgumentException("a listing is no partition");
        };
    }

    private static <T> List<T> union(List<T> own, List<T> more) {
        return Stream.concat(own.stream(), more.stream()).distinct().toList();
    }

    private static List<Share> merged(List<Share> own, List<Share> more) {
        Map<CentralPollster, Share> shares = new LinkedHashMap<>();
        Stream.concat(own.stream(), more.stream()).forEach(share -> shares.merge(share.pollster(), share, Share::and));
        return List.copyOf(shares.values());
    }
}
