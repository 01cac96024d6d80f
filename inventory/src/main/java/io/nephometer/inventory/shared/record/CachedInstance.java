// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.openstack.nova.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An instance as the cache knows it.
 *
 * @param changed since when it is so: its last change that matters to a sample ({@link Change}). Of the API, whole seconds
 * @param told when it was so: on Nova's clock, when the API was asked; or the time of the event
 * @param by who told it
 * @param earlier what it was before {@code changed}, for samples that are joined late; null if that is long ago or not known
 * @param missingSince since when whole readings lack it although nobody told that it is gone, on Nova's clock; null if they have it
 */
public record CachedInstance(
        Server server,
        Instant changed,
        Instant told,
        Teller by,
        @Nullable Earlier earlier,
        @Nullable Instant missingSince) {
    /** How long after a change samples of before may still be joined. */
    static final Duration MEMORY = Duration.ofHours(1);

    /** The first that is known of an instance. */
    static CachedInstance first(Server server, Instant changed, Instant told, Teller by) {
        return new CachedInstance(server, changed, told, by, null, null);
    }

    /** The same instance as it is told now. */
    CachedInstance next(Server now, Instant nowChanged, Instant nowTold, Teller nowBy) {
        if (Change.between(server, now).isEmpty()) {
            return new CachedInstance(now, changed, nowTold, nowBy, remembered(nowTold), null);
        }
        boolean later = nowChanged.isAfter(changed);
        Earlier before = later && isRecent(nowChanged, nowTold) ? new Earlier(server, changed) : null;
        return new CachedInstance(now, nowChanged, nowTold, nowBy, later ? before : remembered(nowTold), null);
    }

    private @Nullable Earlier remembered(Instant now) {
        return isRecent(changed, now) ? earlier : null;
    }

    private static boolean isRecent(Instant change, Instant now) {
        return change.isAfter(now.minus(MEMORY));
    }

    /** The same, not found in a whole reading. */
    public CachedInstance missing(Instant now) {
        return new CachedInstance(server, changed, told, by, earlier, missingSince == null ? now : missingSince);
    }

    /** What it was at a moment, as far as is known. */
    public Server at(Instant moment) {
        return earlier != null && moment.isBefore(changed) ? earlier.server() : server;
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
