// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.inventory.FlavorShape;
import io.nephometer.inventory.cache.Records;
import io.nephometer.inventory.shared.record.Verdict.Delete;
import io.nephometer.inventory.shared.record.Verdict.Keep;
import io.nephometer.inventory.shared.record.Verdict.Put;
import io.nephometer.inventory.shared.record.Verdict.Why;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an observation means for what is known of an instance. Pure: the same of the same, whoever asks. Whatever comes late,
 * twice, or in another order than it happened, what is later stays; who was deleted stays deleted unless a whole reading has it long
 * after; what an observation does not tell stays as it is.
 */
public final class Merge {
    /** As much as the clocks of the hosts that Nova runs on may be apart. */
    public static final Duration OVERLAP = Duration.ofMinutes(2);

    /** What an event must tell of an instance that is not known yet. */
    private static final Set<ServerField> LEAST =
            EnumSet.of(ServerField.STATUS, ServerField.VM_STATE, ServerField.HOST, ServerField.PROJECT);

    private Merge() {}

    public static Verdict of(Knowledge known, Observation seen) {
        return switch (known) {
            case Knowledge.Gone(Instant at, CachedInstance _) -> gone(at, seen);
            case Knowledge.Nothing(Instant since) when isBefore(seen, since) -> new Keep(Why.STALE);
            case Knowledge.Nothing _, Knowledge.Unreadable _ -> first(seen);
            case Knowledge.Here(CachedInstance held) -> again(held, seen);
        };
    }

    /** What was deleted stays so, unless Nova lists it long after: then whoever told that it is gone was wrong. */
    private static Verdict gone(Instant at, Observation seen) {
        return seen instanceof Observation.Listed(Server server, Instant told)
                        && told.isAfter(at.plus(OVERLAP))
                        && first(server, told) instanceof Put put
                ? put
                : new Keep(Why.GONE);
    }

    /** An event of before all that Nova had was read: what it tells of was gone by then. */
    private static boolean isBefore(Observation seen, @Nullable Instant since) {
        return since != null
                && seen instanceof Observation.Event event
                && event.at().isBefore(since.minus(OVERLAP));
    }

    private static Verdict first(Observation seen) {
        return switch (seen) {
            case Observation.Deletion deletion -> new Delete(deletion.at());
            case Observation.Answer(Server server, Instant told) -> first(server, told);
            case Observation.Listed(Server server, Instant told) -> first(server, told);
            case Observation.Event event ->
                event.tells().containsAll(LEAST)
                        ? new Put(CachedInstance.first(event.server(), event.at(), event.at(), Teller.EVENT)
                                .with(event.flavor()))
                        : new Keep(Why.PARTIAL);
        };
    }

    private static Verdict first(Server server, Instant told) {
        if (server.isDeleted()) {
            return new Delete(told);
        }
        return Records.isPartial(server)
                ? new Keep(Why.PARTIAL)
                : new Put(CachedInstance.first(server, changed(server, told), told, Teller.API));
    }

    private static Verdict again(CachedInstance held, Observation seen) {
        return switch (seen) {
            case Observation.Deletion deletion -> new Delete(deletion.at());
            case Observation.Answer(Server server, Instant told) -> answer(held, server, told);
            case Observation.Listed(Server server, Instant told) -> listed(held, server, told);
            case Observation.Event event -> event(held, event);
        };
    }

    private static Verdict answer(CachedInstance held, Server server, Instant told) {
        if (server.isDeleted()) {
            return new Delete(told);
        }
        if (Records.isPartial(server)) {
            return new Keep(Why.PARTIAL);
        }
        if (isStale(held, server, told)) {
            return new Keep(Why.STALE);
        }
        CachedInstance now = answered(held, server, told);
        return now.server().equals(held.server()) && held.missingSince() == null ? new Keep(Why.SAME) : new Put(now);
    }

    private static Verdict listed(CachedInstance held, Server server, Instant told) {
        if (server.isDeleted()) {
            return new Delete(told);
        }
        if (Records.isPartial(server)) {
            return new Keep(Why.PARTIAL);
        }
        if (isJustLater(held.told(), told)) {
            return new Keep(Why.STALE);
        }
        return new Put(answered(held, server, told));
    }

    private static CachedInstance answered(CachedInstance held, Server server, Instant told) {
        ToldFlavor flavor = held.flavorTold();
        Server now = named(server, held.server(), flavor);
        return held.next(now, changed(now, told), told, Teller.API).with(flavor);
    }

    /** Whether an answer is older than what is known. What is known of Nova's future was told before its clock was set back. */
    private static boolean isStale(CachedInstance held, Server server, Instant told) {
        Instant updated = server.updated();
        Instant latest = held.latest();
        if (updated == null || updated.isAfter(latest)) {
            return false;
        }
        return updated.equals(latest)
                ? isJustLater(held.told(), told)
                : told.isBefore(latest.plus(OVERLAP)) && !latest.isAfter(told.plus(OVERLAP));
    }

    private static boolean isJustLater(Instant known, Instant told) {
        return known.isAfter(told) && !known.isAfter(told.plus(OVERLAP));
    }

    private static Verdict event(CachedInstance held, Observation.Event event) {
        if (isStale(held, event.at())) {
            return new Keep(Why.STALE);
        }
        Server told = ServerField.overlay(held.server(), event.server(), event.tells());
        boolean tells = event.flavor() != null && event.tells().contains(ServerField.FLAVOR);
        ToldFlavor flavor = tells ? event.flavor() : held.flavorTold();
        CachedInstance now = held.next(named(told, held.server(), flavor), event.at(), event.at(), Teller.EVENT)
                .with(flavor);
        return now.server().equals(held.server()) && Objects.equals(now.flavorTold(), held.flavorTold())
                ? new Keep(Why.SAME)
                : new Put(now);
    }

    private static boolean isStale(CachedInstance held, Instant at) {
        return switch (held.by()) {
            case EVENT -> at.isBefore(held.told());
            case API ->
                at.truncatedTo(ChronoUnit.SECONDS).isBefore(held.latest())
                        || !held.told().isBefore(at.plus(OVERLAP));
        };
    }

    /**
     * Nova embeds flavors without their id, and events tell no extra specs: what is known of the same flavor stays. An id that an event told
     * goes before one that was found in a list of flavors, where another may have the same name by now.
     *
     * @param told what an event told of the flavor; null if none did
     */
    private static Server named(Server now, Server known, @Nullable ToldFlavor told) {
        Flavor flavor = now.flavor();
        Flavor before = known.flavor();
        if (flavor == null) {
            return before == null || !isById(now.flavorId(), before, told)
                    ? now
                    : ServerField.overlay(now, known, EnumSet.of(ServerField.FLAVOR))
                            .withFlavor(before.withId(now.flavorId()));
        }
        Flavor same = before == null || !FlavorShape.of(flavor).equals(FlavorShape.of(before)) ? null : before;
        if (told != null && told.is(flavor) && (before == null || same != null)) {
            flavor = flavor.withId(told.id());
        } else if (flavor.id() == null && same != null) {
            flavor = flavor.withId(same.id());
        }
        return now.withFlavor(
                same != null && flavor.extraSpecs().isEmpty() ? flavor.withExtraSpecs(same.extraSpecs()) : flavor);
    }

    /** Whether a flavor of which the id alone is told is the one that is known. */
    private static boolean isById(@Nullable String id, Flavor known, @Nullable ToldFlavor told) {
        return known.id() == null
                ? told != null && told.id().equals(id) && told.is(known)
                : known.id().equals(id);
    }

    private static Instant changed(Server server, Instant told) {
        return server.updated() == null ? told : server.updated();
    }
}
