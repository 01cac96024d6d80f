// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all agents of a cloud (one region, one cache space) know together. It holds one whole set of instances, kept per host, the
 * flavors and images that they are made of, and the record of the last refresh; a second set is filled unseen and takes the place of
 * the first in one step. Bodies are text that the cache does not look into. Thread-safe; every call blocks until the cache
 * answered or its time is over, and is one atomic step of the cache.
 */
public interface SharedCache extends AutoCloseable {
    /** How the cache is. */
    Head head() throws SharedCacheException;

    /**
     * The instances of one host, of one whole set.
     *
     * @param known what the reader has already; if nothing moved since, the answer says so and carries no entries
     */
    HostView host(String host, @Nullable Edition known) throws SharedCacheException;

    /** What is known of some instances by id; those of which nothing is known are not in the answer. */
    Map<String, KnownInstance> instances(Collection<String> ids) throws SharedCacheException;

    /** Bodies of flavors or images by id; those that are not held are not in the answer. */
    Map<String, String> catalog(CatalogShelf shelf, Collection<String> ids) throws SharedCacheException;

    /**
     * Changes entries of the set that readers see, each only if nobody changed it meanwhile. For whoever holds no lease; while a second
     * set is being filled, what was changed is remembered for its filler.
     *
     * @return how each ended, in the order in which they were given
     */
    List<Amended> amend(List<Amendment> amendments) throws SharedCacheException;

    /** Asks whoever refreshes to do so at once: something may have been missed. Kept until a refresh that began later is recorded. */
    void wantRefresh(String reason) throws SharedCacheException;

    /** For a seat of whoever does not know of which cloud he is. */
    String ANY_CLOUD = "";

    /**
     * Takes the lease of the refresher, or keeps it if {@code holder} has it: one process of a name at a time, so a part of the
     * name should be drawn by the process.
     *
     * @param cloud by what the Nova is known that the refresher asks; the first who says so decides whose this cache is until it is emptied,
     *     or somebody says that the same Nova has another name now
     * @return empty while somebody else has it
     * @throws ForeignCloudException if it is that of another cloud
     */
    Optional<RefresherSeat> takeSeat(String holder, String cloud, Duration ttl) throws SharedCacheException;

    /** As {@link #takeSeat(String, String, Duration)} for {@link #ANY_CLOUD}. */
    default Optional<RefresherSeat> takeSeat(String holder, Duration ttl) throws SharedCacheException {
        return takeSeat(holder, ANY_CLOUD, ttl);
    }

    /** This process is of that cloud, as its Keystone says. A cache that minds is that of no other from then on; others do not care. */
    default void expect(String cloud) {}

    @Override
    void close();
}
