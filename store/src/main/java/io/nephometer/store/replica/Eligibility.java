// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import io.nephometer.runtime.Ticker;
import io.nephometer.store.replica.ReadRoute.Reason;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a replica can give what a reader needs.
 *
 * @param maxStaleness above which a replica counts as lagging: then it has to be in step again for a while before those who asked for
 *     less are sent to it, but goes on serving those who take more
 */
record Eligibility(Duration maxStaleness, Ticker ticker) {
    boolean isEligible(Replica<?> replica, ReadIntent intent) {
        ReplicaState state = replica.state();
        if (state != ReplicaState.HEALTHY && state != ReplicaState.LAGGING) {
            return false;
        }
        return switch (intent) {
            case ReadIntent.Primary _ -> false;
            case ReadIntent.Bounded(Duration staleness) ->
                (state == ReplicaState.HEALTHY || staleness.compareTo(maxStaleness) > 0)
                        && within(replica.proof(), staleness);
            case ReadIntent.Watermark(var moment) ->
                replica.proof()
                        .filter(proof -> !proof.watermark().isBefore(moment))
                        .isPresent();
            case ReadIntent.After(CausalToken token) -> covers(replica, token);
        };
    }

    private boolean within(Optional<Proof> proof, Duration staleness) {
        return proof.filter(known -> known.staleness(ticker.nanos()).compareTo(staleness) <= 0)
                .isPresent();
    }

    /** The last look may be older than the commit: one more is worth less than a read of the primary. */
    private static boolean covers(Replica<?> replica, CausalToken token) {
        if (isCovered(replica, token)) {
            return true;
        }
        if (replica.lastSeen().filter(seen -> token.isOf(seen.look())).isEmpty()) {
            return false;
        }
        replica.ask();
        return isCovered(replica, token);
    }

    private static boolean isCovered(Replica<?> replica, CausalToken token) {
        return replica.lastSeen().filter(seen -> token.isCoveredBy(seen.look())).isPresent();
    }

    /** Why a replica cannot give it. */
    static Reason refusal(ReplicaStatus nearest, boolean proven) {
        if (nearest.reason() == Finding.Reason.UNCONFIRMED) {
            return Reason.UNCONFIRMED;
        }
        return switch (nearest.state()) {
            case HEALTHY, LAGGING -> proven ? Reason.TOO_OLD : Reason.NOT_PROVEN;
            case BROKEN -> Reason.REPLICA_BROKEN;
            case DOWN -> Reason.REPLICA_DOWN;
            case PROMOTED -> Reason.REPLICA_PROMOTED;
            case UNKNOWN -> Reason.NOT_PROVEN;
        };
    }
}
