// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import io.nephometer.coordination.CoordinationFailure;
import java.time.Duration;

/** Told what a member does, for its metrics. Returns at once. */
public interface OwnershipObserver {
    /** A beat went well. */
    void beat(Duration took);

    /** A beat failed. */
    void beatFailed(CoordinationFailure why);

    /** This member found out that it had been dropped, and joined again. */
    void dropped();

    /** The ledger gave no epoch. */
    void notGranted();

    /** A unit was gained. */
    void gained();

    /** A unit was lost. */
    void lost(Loss why);

    /** One that does nothing. */
    static OwnershipObserver none() {
        return new OwnershipObserver() {
            @Override
            public void beat(Duration took) {}

            @Override
            public void beatFailed(CoordinationFailure why) {}

            @Override
            public void dropped() {}

            @Override
            public void notGranted() {}

            @Override
            public void gained() {}

            @Override
            public void lost(Loss why) {}
        };
    }
}
