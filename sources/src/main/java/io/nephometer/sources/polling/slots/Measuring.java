// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import io.nephometer.model.Slot;
import io.nephometer.sources.polling.SlotMeasurements;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is measured together, every so often. One thread measures at a time. */
public interface Measuring {
    /** How often. */
    Duration interval();

    /** The slots that begin at {@code start}: one for each source. */
    List<Slot> slots(Instant start);

    /**
     * Measures now, for the slots that begin at {@code start}.
     *
     * @return one for each of {@link #slots}
     * @throws UnmeasurableException if nothing could be measured; it may be tried again
     */
    List<SlotMeasurements> measure(Instant start) throws UnmeasurableException, InterruptedException;
}
