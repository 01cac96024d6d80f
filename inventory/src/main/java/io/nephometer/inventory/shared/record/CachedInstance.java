// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.openstack.nova.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance as the cache knows it.
 *
 * @param changed since when it is so: its last change that matters to a sample ({@link Change}). Of the API, whole seconds
 * @param told when it was so: on Nova's clock, when the API was asked; or the time of the event
 * @param by who told it
 * @param earlier what it was before {@code changed}, the oldest first, for samples that are joined late: what ended within the last hour,
 *     as far as it is known, and not more than {@value #MOST}
 * @param missingSince since when whole readings lack it although nobody told that it is gone, on Nova's clock; null if they have it
 * @param flavorTold what a notification told of the flavor that it has; null if none did
 */
public record CachedInstance(
        Server server,
        Instant changed,
        Instant told,
        Teller by,
        List<Earlier> earlier,
        @Nullable Instant missingSince,
        @Nullable ToldFlavor flavorTold) {
    /** How long after a change samples of before may still be joined. */
    static final Duration MEMORY = Duration.ofHours(1);

    /** An instance that is resized or built goes through some eight states. */
    static final int MOST = 16;

    public CachedInstance {
        earlier = List.copyOf(earlier);
    }

    /** One of whose flavor no notification told. */
    public CachedInstance(
            Server server,
            Instant changed,
            Instant told,
            Teller by,
            List<Earlier> earlier,
            @Nullable Instant missingSince) {
        this(server, changed, told, by, earlier, missingSince, null);
    }

    /** The first that is known of an instance. */
    static CachedInstance first(Server server, Instant changed, Instant told, Teller by) {
        return new CachedInstance(server, changed, told, by, List.of(), null);
    }

    /** The same instance as it is told now. */
    CachedInstance next(Server now, Instant nowChanged, Instant nowTold, Teller nowBy) {
        boolean same = Change.between(server, now).isEmpty();
        List<Earlier> states = new ArrayList<>(earlier);
        if (!same && nowChanged.isAfter(changed)) {
            states.add(new Earlier(server, changed));
        }
        Instant since = same ? changed : nowChanged;
        return new CachedInstance(now, since, nowTold, nowBy, remembered(states, since, nowTold), null, flavorTold);
    }

    /** The same, with what was told of its flavor, as long as it is of that. */
    CachedInstance with(@Nullable ToldFlavor flavor) {
        ToldFlavor its = flavor == null || !flavor.isOf(server) ? null : flavor;
        return new CachedInstance(server, changed, told, by, earlier, missingSince, its);
    }

    /** @param ended when the last of them did */
    private static List<Earlier> remembered(List<Earlier> states, Instant ended, Instant now) {
        int first = states.size();
        Instant end = ended;
        while (first > 0 && states.size() - first < MOST && isRecent(end, now)) {
            first--;
            end = states.get(first).changed();
        }
        return states.subList(first, states.size());
    }

    private static boolean isRecent(Instant change, Instant now) {
        return change.isAfter(now.minus(MEMORY));
    }

    /** The same, not found in a whole reading. */
    public CachedInstance missing(Instant now) {
        return new CachedInstance(
                server, changed, told, by, earlier, missingSince == null ? now : missingSince, flavorTold);
    }

    /** What it was at a moment; of one before {@link #since}, what it was as soon after as is known. */
    public Server at(Instant moment) {
        if (!moment.isBefore(changed)) {
            return server;
        }
        for (Earlier state : earlier.reversed()) {
            if (!moment.isBefore(state.changed())) {
                return state.server();
            }
        }
        return earlier.isEmpty() ? server : earlier.getFirst().server();
    }

    /** From when on it is known what it was. */
    public Instant since() {
        return earlier.isEmpty() ? changed : earlier.getFirst().changed();
    }

    /** The last moment, in whole seconds, at which something is known to have happened to it. */
    Instant latest() {
        Instant last = (by == Teller.EVENT ? told : changed).truncatedTo(ChronoUnit.SECONDS);
        Instant updated = server.updated();
        return updated != null && updated.isAfter(last) ? updated : last;
    }

    /** Where the cache keeps it. */
    public String place() {
        return server.host() == null ? Entry.NOWHERE : server.host();
    }
}
