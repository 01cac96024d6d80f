// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling;

/** Where measurements go: the bus, or the pipeline of the same process. Safe for several threads. */
@FunctionalInterface
public interface MeasurementSink {
    /** Takes one slot whole, or says why not. Takes no longer than a fraction of an interval. */
    SinkOutcome accept(SlotMeasurements measurements) throws InterruptedException;
}
