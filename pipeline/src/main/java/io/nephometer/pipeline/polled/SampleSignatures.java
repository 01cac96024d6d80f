// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.polled;

import io.nephometer.runtime.config.Secret;
import java.util.List;
import java.util.Map;

/** Whether polled samples must prove who sent them. Thread-safe. */
@FunctionalInterface
public interface SampleSignatures {
    /** Anybody who can reach the bus may send samples. */
    SampleSignatures NOT_ASKED_FOR = (index, sample) -> {};

    /** Instead of the index of a sample: what the payload says of its slot. */
    int SLOT = -1;

    /** Throws if {@code sample}, the one at {@code index} of its payload or the particulars of its slot, does not prove it. */
    void check(int index, Map<?, ?> sample) throws BadPolledSampleException;

    /** Throws if the particulars of a slot, which are proven, are not of exactly these samples, which are. */
    default void checkTogether(Map<?, ?> slot, List<?> samples) throws BadPolledSampleException {}

    /** Each sample, and what is said of the slot, must carry the signature that {@code secret} gives it. */
    static SampleSignatures required(Secret secret) {
        return new RequiredSignatures(secret);
    }
}
