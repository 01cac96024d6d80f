// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import io.nephometer.runtime.Ticker;
import io.nephometer.store.replica.Replica.SeenServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a look means.
 *
 * @param heartbeats where the primary may not be asked
 */
record Judgement(
        PrimaryWatch primary, Heartbeats heartbeats, Duration maxStaleness, Ticker ticker, InstantSource clock) {
    Finding of(SeenServer now, @Nullable SeenServer before) {
        Finding wrong = wrong(now.look(), before);
        return wrong != null ? wrong : age(now);
    }

    /** What makes its answers wrong, not only old. */
    private @Nullable Finding wrong(ServerLook look, @Nullable SeenServer before) {
        ServerLook main = primary.last().orElse(null);
        if (!look.follows()) {
            return main != null && main.identity().equals(look.identity())
                    ? new Finding(Finding.Reason.IS_THE_PRIMARY, "this address is that of the primary")
                    : new Finding(
                            Finding.Reason.NOT_A_REPLICA, "it takes writes: it was promoted, or never was a replica");
        }
        Finding filtered = filtered("it", look);
        if (filtered != null || main == null) {
            return filtered;
        }
        if (!main.cluster().equals(look.cluster())) {
            return new Finding(
                    Finding.Reason.OTHER_CLUSTER, "it holds " + look.cluster() + ", the primary " + main.cluster());
        }
        if (!look.history().isEmpty() && !main.history().equals(look.history())) {
            return new Finding(
                    Finding.Reason.OTHER_HISTORY,
                    "it follows " + look.history() + ", the primary is on " + main.history());
        }
        Finding unlogged = filtered("the primary's binary log", main);
        return unlogged != null ? unlogged : diverged(before);
    }

    private static @Nullable Finding filtered(String whose, ServerLook look) {
        ServerLook.Trouble trouble = look.trouble();
        return trouble == null || trouble.reason() != Finding.Reason.FILTERED
                ? null
                : new Finding(
                        Finding.Reason.FILTERED,
                        whose + " leaves out what may be of this database: " + trouble.detail()
                                + "; without that setting the replica has to be copied anew");
    }

    private @Nullable Finding diverged(@Nullable SeenServer before) {
        if (before == null) {
            return null;
        }
        return primary.askedSince(before.nanos())
                .filter(position -> before.look().position().isBeyond(position))
                .map(position -> new Finding(
                        Finding.Reason.DIVERGED,
                        "it had replayed up to " + before.look().position() + ", the primary reached only " + position
                                + " later"))
                .orElse(null);
    }

    private Finding age(SeenServer now) {
        Optional<Proof> proof = proof(now);
        String primaryTrouble =
                primary.trouble().map(trouble -> "; the primary: " + trouble).orElse("");
        if (primary.last().isEmpty()) {
            return proof.isEmpty()
                    ? new Finding(Finding.Reason.NO_SAMPLES, "nothing to compare it with" + primaryTrouble)
                    : new Finding(
                            Finding.Reason.UNCONFIRMED,
                            "whether it is a replica of this primary cannot be told before that has answered once"
                                    + primaryTrouble);
        }
        ServerLook.Trouble trouble = now.look().trouble();
        String hint = trouble == null ? "" : "; " + trouble.detail();
        Duration staleness = proof.map(known -> known.staleness(ticker.nanos())).orElse(null);
        if (staleness != null && staleness.compareTo(maxStaleness) <= 0) {
            return new Finding(Finding.Reason.IN_STEP, "in step" + hint);
        }
        String age = staleness == null
                ? "it lacks more than is known of the primary"
                : "it may lack the last " + staleness.toSeconds() + " s";
        return new Finding(trouble == null ? Finding.Reason.BEHIND : trouble.reason(), age + hint + primaryTrouble);
    }

    /** By positions; while the primary does not answer, also by times that came from it, if they prove more. */
    Optional<Proof> proof(SeenServer server) {
        if (!mayBeOfPrimary(server.look())) {
            return Optional.empty();
        }
        Optional<Proof> byPosition = primary.proof(server.look());
        return wantsBeats(server.look())
                ? Stream.of(byPosition, byBeats(server))
                        .flatMap(Optional::stream)
                        .max((one, other) -> Long.signum(one.nanos() - other.nanos()))
                : byPosition;
    }

    /** Whether times that were written on the primary say more of this server than positions can. */
    boolean wantsBeats(ServerLook look) {
        return look.follows() && primary.isAway();
    }

    /** Whether it holds what the primary holds, as far as that has ever answered: it may have since the replica was asked. */
    boolean mayBeOfPrimary(ServerLook look) {
        return primary.last()
                .filter(main -> !main.cluster().equals(look.cluster()) || filtered("", main) != null)
                .isEmpty();
    }

    /** Clocks that differ would make it younger than it is: then nothing is proven. */
    private Optional<Proof> byBeats(SeenServer server) {
        Instant then = clock.instant().minusNanos(ticker.nanos() - server.nanos());
        Duration apart = Duration.between(server.look().clock(), then).abs();
        return apart.compareTo(heartbeats.margin()) > 0
                ? Optional.empty()
                : heartbeats.proof(server.look().beats(), then, server.nanos());
    }
}
