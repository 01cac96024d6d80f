// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.inventory.Sighting;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the servers of a host as Nova has them, from one refresh to the next. Not thread-safe. */
final class Renewal {
    /** A whole reading that lacks more than this part of what is known is doubted, and one that has nothing. */
    private static final double DOUBTFUL = 0.2;

    private static final int TOMBSTONES_PER_ENTRY = 10;

    private final String host;
    private final CacheOptions options;
    private final Tally tally;
    private final Tombstones tombstones;
    private final ServerSet servers;
    private final FullSchedule schedule;
    private final Absences absences = new Absences();
    private final Departures departures;

    private @Nullable Poll poll;

    /** Why the last whole reading is not believed; null if it is. */
    private @Nullable String doubt;

    private @Nullable Long changesRefused;

    Renewal(String host, CacheOptions options, Tally tally) {
        this.host = host;
        this.options = options;
        this.tally = tally;
        this.tombstones = new Tombstones(options.expiry().multipliedBy(2), options.maxEntries() * TOMBSTONES_PER_ENTRY);
        this.servers = new ServerSet(host, tombstones, tally);
        this.schedule = new FullSchedule(host, options.expiry());
        this.departures = new Departures(host);
    }

    /**
     * What was done.
     *
     * @param doubt what a whole reading lacks; null if it was believed
     */
    record Step(Refresh.Kind kind, String detail, @Nullable String doubt) {}

    /** What is to be read now. */
    Refresh.Kind due(long now) {
        return poll == null || !options.caching() || areChangesRefused(now) || schedule.reason(now) != null
                ? Refresh.Kind.FULL
                : Refresh.Kind.CHANGES;
    }

    /** A newer Nova may be there some day. */
    private boolean areChangesRefused(long now) {
        return changesRefused != null && now - changesRefused < options.expiry().toNanos();
    }

    /** Reads what is due. If it fails, what is known is what was known before. */
    Step run(CloudReader cloud, @Nullable Sighting sighting, long now) throws ApiException, NotBelievedException {
        tombstones.expire(now);
        Poll last = poll;
        if (last == null || due(now) == Refresh.Kind.FULL) {
            return full(cloud, sighting, now, fullReason(now));
        }
        Reading changes;
        try {
            changes = changes(cloud, last, now);
        } catch (ApiException e) {
            if (e.failure() != ApiFailure.REFUSED_QUERY) {
                throw e;
            }
            tally.count(CacheEvent.CHANGES_REFUSED);
            changesRefused = now;
            return full(cloud, sighting, now, "Nova refused a list of changes: " + e.getMessage());
        }
        return changed(cloud, sighting, now, last, changes);
    }

    private Step changed(CloudReader cloud, @Nullable Sighting sighting, long now, Poll last, Reading changes)
            throws ApiException, NotBelievedException {
        servers.merge(changes.servers(), changes.poll());
        Duration step = last.stepTo(changes.poll(), options.overlap());
        if (!step.isZero()) {
            tally.count(CacheEvent.CLOCK_STEP);
            if (doubt != null) {
                poll = changes.poll(); // else the step is seen again in each refresh until the doubt ends
            }
            return required(cloud, sighting, now, "Nova's clock was set by " + step.toSeconds() + " s");
        }
        if (doubt == null) {
            poll = changes.poll(); // else Nova may be silent about what changed: it is asked for that again
        }
        return sighting == null ? new Step(Refresh.Kind.CHANGES, "", doubt) : lookUp(cloud, sighting, changes, now);
    }

    private String fullReason(long now) {
        @Nullable String reason = schedule.reason(now);
        if (!options.caching()) {
            return "resource_metadata_caching is off";
        }
        return reason == null ? "Nova refuses lists of changes" : reason;
    }

    private Reading changes(CloudReader cloud, Poll last, long now) throws ApiException, NotBelievedException {
        ServerQuery query = ServerQuery.ofHost(host)
                .changedSince(last.since(options.overlap()))
                .changedBefore(last.until(options.overlap(), now));
        return Reading.of(cloud, query, Reason.METADATA_DELTA, options.maxInstances(), now);
    }

    /** Reads everything now, or at the next refresh if that fails: changes will not do. */
    private Step required(CloudReader cloud, @Nullable Sighting sighting, long now, String reason)
            throws ApiException, NotBelievedException {
        schedule.require(reason);
        return full(cloud, sighting, now, reason);
    }

    private Step full(CloudReader cloud, @Nullable Sighting sighting, long now, String reason)
            throws ApiException, NotBelievedException {
        Reading reading;
        try {
            reading = Reading.of(cloud, ServerQuery.ofHost(host), Reason.METADATA_FULL, options.maxInstances(), now);
        } catch (ApiException | NotBelievedException e) {
            schedule.failed(now);
            throw e;
        }
        List<Server> missing = servers.missing(reading.servers(), sighting);
        if (options.caching() && isDoubtful(missing.size(), reading)) {
            if (doubt == null) {
                schedule.require("to confirm the last reading");
                return doubt(reading, missing.size(), reason, "until the next reading says the same");
            }
            if (!departures.areGone(cloud, missing)) {
                schedule.doubted(now);
                return doubt(reading, missing.size(), reason, "as Nova, asked for some of them, does not say so");
            }
        }
        doubt = null;
        servers.replace(reading.servers(), reading.poll());
        poll = reading.poll();
        schedule.done(now);
        return new Step(Refresh.Kind.FULL, reason, null);
    }

    private boolean isDoubtful(int missing, Reading reading) {
        return missing > 0 && (reading.servers().isEmpty() || missing > DOUBTFUL * servers.size());
    }

    private Step doubt(Reading reading, int missing, String reason, String stay) {
        tally.count(CacheEvent.UNCONFIRMED);
        String why = "Nova lists " + reading.servers().size() + " servers; " + missing + " of "
                + servers.size()
                + " that are known are not among them, and nothing told that they are gone. They stay "
                + stay + " (is a cell of Nova down?)";
        doubt = why;
        servers.merge(reading.servers(), reading.poll());
        return new Step(Refresh.Kind.FULL, reason, why);
    }

    /** Asks for what the hypervisor does not show: Nova's list of changes does not tell what has moved away. */
    private Step lookUp(CloudReader cloud, Sighting sighting, Reading changes, long now)
            throws ApiException, NotBelievedException {
        List<Server> due = absences.due(servers.unseen(sighting, changes.servers()));
        if (due.size() > options.maxLookups()) {
            return required(cloud, sighting, now, due.size() + " servers are not on the hypervisor");
        }
        List<String> failures = new ArrayList<>();
        for (Server server : due) {
            tally.count(CacheEvent.LOOKUP);
            try {
                servers.take(server.id(), cloud.server(server.id()), changes.poll());
            } catch (ApiException e) {
                tally.count(CacheEvent.LOOKUP_FAILED);
                failures.add(e.getMessage());
            }
        }
        return new Step(Refresh.Kind.CHANGES, String.join("; ", failures), doubt);
    }

    /** Takes what somebody else knew, for the first whole reading to be compared with. */
    void adopt(Collection<Server> known) {
        servers.adopt(known);
    }

    /** A failed refresh of an agent that caches nothing leaves nothing. */
    void forget() {
        servers.clear();
        poll = null;
        doubt = null;
    }

    Collection<Server> servers() {
        return servers.all();
    }

    @Nullable Poll poll() {
        return poll;
    }

    int tombstones() {
        return tombstones.size();
    }

    /** Time until everything is read again. */
    Duration untilFull(long now) {
        return due(now) == Refresh.Kind.FULL ? Duration.ZERO : schedule.remaining(now);
    }
}
