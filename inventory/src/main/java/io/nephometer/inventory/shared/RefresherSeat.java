// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The right to refresh, as long as its lease lasts. Each write is refused and counted ({@link LostSeatException}) if another has taken
 * the seat meanwhile or the cache has been emptied: its token is the incarnation of the cache and a counter. The seat is lost, too, if
 * the cache went back behind what this wrote; whoever takes it anew begins with what the cache has, and what was written by a seat that
 * the same holder had before is not watched any more. What has to do with a second set fails ({@link NotBegunException}) if there is
 * none of this seat.
 */
public interface RefresherSeat {
    /** Keeps the seat for so long from now on. */
    void renew(Duration ttl) throws SharedCacheException;

    /** Gives the seat up, so that another need not wait. Nothing if it is lost already. */
    void leave() throws SharedCacheException;

    /** As {@link SharedCache#amend}. */
    List<Amended> amend(List<Amendment> amendments) throws SharedCacheException;

    /** Begins a second set, which is empty. One that was begun before and is not yet seen is dropped, whoever began it. */
    void stage() throws SharedCacheException;

    /**
     * Adds entries to the second set, or replaces those of the same id, wherever they are. {@link Entry#revision()} does not matter.
     * Ids that were deleted are passed over; what is deleted later leaves the second set, too.
     */
    void fill(Collection<Entry> entries) throws SharedCacheException;

    /** Takes entries out of the second set again. */
    void unfill(Collection<String> ids) throws SharedCacheException;

    /** Drops the second set, if this began one: a full cache permits that, too. */
    void unstage() throws SharedCacheException;

    /** The ids in the second set. */
    Set<String> staged() throws SharedCacheException;

    /** The ids in the set that readers see; empty if there is none yet. */
    Set<String> shown() throws SharedCacheException;

    /**
     * Ids that were changed in the set that readers see since the second was begun, or since this last answered. If it fails they are not
     * lost: the next answer has them.
     */
    Set<String> takeTouched() throws SharedCacheException;

    /**
     * Lets readers see the second set in place of the first, which is dropped, and records the refresh as {@link #record} does.
     *
     * @return false if something was touched since {@link #takeTouched}: then nothing happened
     */
    boolean show(String refreshRecord, long granted) throws SharedCacheException;

    /** Puts flavors or images by id. */
    void catalog(CatalogShelf shelf, Map<String, String> bodies) throws SharedCacheException;

    /** Drops flavors or images. */
    void forget(CatalogShelf shelf, Collection<String> ids) throws SharedCacheException;

    /** Drops what is remembered of instances that were deleted before. */
    void forgetGone(Instant before) throws SharedCacheException;

    /** Forgets that these instances were deleted, if it was before, since Nova has them later. */
    void revive(Collection<String> ids, Instant before) throws SharedCacheException;

    /**
     * Records a refresh, also one that failed.
     *
     * @param granted {@link Head#wishes} from before the refresh asked anybody: what was wanted later stays wanted; 0 grants nothing
     */
    void record(String refreshRecord, long granted) throws SharedCacheException;
}
