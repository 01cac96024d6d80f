// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

/**
 * The state of a replica from what looks at it showed. A healthy one needs three bad looks to be distrusted and three good ones to
 * be trusted again, so that one lost packet moves no reader; what would make answers wrong counts at once. How old an answer may
 * be does not depend on this: it is proven for every read. Not thread-safe.
 */
public final class ReplicaHealth {
    private static final int TRIP = 3;
    private static final int RECOVER = 3;

    private Finding current = new Finding(Finding.Reason.NO_SAMPLES, "not asked yet");
    private boolean asked;
    private int against;

    /** One more look; whether the state is another one now. */
    public boolean see(Finding finding) {
        ReplicaState before = current.state();
        boolean wasGood = before == ReplicaState.HEALTHY;
        boolean good = finding.state() == ReplicaState.HEALTHY;
        if (!asked || good == wasGood || finding.reason().isAtOnce() || isFirstProof(good)) {
            accept(finding);
        } else if (++against >= (wasGood ? TRIP : RECOVER)) {
            accept(finding);
        }
        return current.state() != before;
    }

    /** What a read showed, that is so until it is mended; whether the state is another one now. */
    public boolean take(Finding finding) {
        ReplicaState before = current.state();
        accept(finding);
        return current.state() != before;
    }

    /** Nothing was ever held against one that is healthy the first time: there was only nothing to compare it with. */
    private boolean isFirstProof(boolean good) {
        return good
                && (current.reason() == Finding.Reason.NO_SAMPLES || current.reason() == Finding.Reason.UNCONFIRMED);
    }

    private void accept(Finding finding) {
        asked = true;
        against = 0;
        current = finding;
    }

    public ReplicaState state() {
        return current.state();
    }

    /** What brought it into its state, or what was seen last that agrees with it. */
    public Finding finding() {
        return current;
    }
}
