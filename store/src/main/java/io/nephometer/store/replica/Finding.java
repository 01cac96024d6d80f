// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.util.Locale;

/**
 * What one look at a replica showed.
 *
 * @param detail for a human
 */
public record Finding(Reason reason, String detail) {
    public ReplicaState state() {
        return reason.state;
    }

    /** Why a replica is in its state. */
    public enum Reason {
        IN_STEP(ReplicaState.HEALTHY, false, true),
        BEHIND(ReplicaState.LAGGING, false, true),
        /** The primary never answered, so positions have nothing to be compared with. */
        NO_SAMPLES(ReplicaState.UNKNOWN, false, true),
        /** The same, though times in it say how old it is: nobody can tell whether it is a replica of this primary. */
        UNCONFIRMED(ReplicaState.UNKNOWN, false, true),
        /** Behind, and a person stopped the replay. */
        PAUSED(ReplicaState.BROKEN, false, true),
        /** Behind, and nothing is received from a primary. */
        NOT_RECEIVING(ReplicaState.BROKEN, false, true),
        /** Behind, and replaying failed. */
        REPLAY_FAILED(ReplicaState.BROKEN, false, true),
        /** It has what the primary never had. */
        DIVERGED(ReplicaState.BROKEN, true, false),
        /** A replica of another primary, or another database or schema of this one. */
        OTHER_CLUSTER(ReplicaState.BROKEN, true, false),
        /** It is of another timeline than the primary. */
        OTHER_HISTORY(ReplicaState.BROKEN, true, false),
        /** It was told to leave something out, or its primary was: rows may be missing however far it is. */
        FILTERED(ReplicaState.BROKEN, true, false),
        UNREACHABLE(ReplicaState.DOWN, false, false),
        /** It takes our connection and says nothing. */
        SILENT(ReplicaState.DOWN, false, false),
        /** Credentials or grants are missing. */
        REFUSED(ReplicaState.DOWN, false, false),
        /** A look at it came upon a defect of this program. */
        DEFECT(ReplicaState.UNKNOWN, false, false),
        /** Nobody could look at it for too long, and nobody knows what it is now. */
        NOT_WATCHED(ReplicaState.UNKNOWN, false, false),
        /** It takes writes. */
        NOT_A_REPLICA(ReplicaState.PROMOTED, true, false),
        /** The address is that of the primary itself. */
        IS_THE_PRIMARY(ReplicaState.PROMOTED, true, false);

        private final ReplicaState state;
        private final boolean atOnce;
        private final boolean readable;

        Reason(ReplicaState state, boolean atOnce, boolean readable) {
            this.state = state;
            this.atOnce = atOnce;
            this.readable = readable;
        }

        /** Whether seeing it once is enough: what it answers may be wrong, not only old. */
        boolean isAtOnce() {
            return atOnce;
        }

        /** Whether it still answers those who take what is stale: old at worst, but true at its time. */
        boolean isReadable() {
            return readable;
        }

        /** As metrics and commands name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
