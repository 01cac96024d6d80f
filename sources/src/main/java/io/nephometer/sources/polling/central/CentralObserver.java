// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

/** Is told what is measured of the APIs, for counters. Called by several threads; must not block. */
public interface CentralObserver {
    /** A unit gave so many samples of so many resources in a slot. */
    void measured(String unit, int resources, int samples);

    /** Something is missing or doubtful in a slot. */
    void fell(String unit, String reason, long count);

    /** Nothing is missing, and still somebody may want to know. */
    void noted(String unit, String reason, long count);

    /** Interested in nothing. */
    static CentralObserver none() {
        return new CentralObserver() {
            @Override
            public void measured(String unit, int resources, int samples) {}

            @Override
            public void fell(String unit, String reason, long count) {}

            @Override
            public void noted(String unit, String reason, long count) {}
        };
    }
}
