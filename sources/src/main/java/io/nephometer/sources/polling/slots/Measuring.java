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

    /** What was measured last for this slot is safe: taken by the bus, or on disk. Of a slot that is not, the next one has to make up. */
    void delivered(Slot slot);
}
