// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import java.time.Duration;

/** Is told what a compute agent measures, for counters. Called by several threads; must not block. */
public interface ComputeObserver {
    /**
     * The hypervisor answered.
     *
     * @param took from the question to the answer, waiting for another interval's inspection not counted
     * @param domains how many it showed
     * @param faults how many it could not read
     */
    void inspected(Duration took, int domains, int faults);

    /** The pollster gave so many samples in a slot. */
    void sampled(String pollster, int samples);

    /** The pollster gave no sample of so many resources. */
    void skipped(String pollster, Skip why, int resources);

    /** Interested in nothing. */
    static ComputeObserver none() {
        return new ComputeObserver() {
            @Override
            public void inspected(Duration took, int domains, int faults) {}

            @Override
            public void sampled(String pollster, int samples) {}

            @Override
            public void skipped(String pollster, Skip why, int resources) {}
        };
    }
}
