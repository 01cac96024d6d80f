// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

/** Takes what a pollster finds of one resource. */
public interface ValueSink {
    /** A value of a meter. */
    void value(MeasuredValue value);

    /**
     * Something is missing or doubtful, which is told with the slot.
     *
     * @param reason for counting, as a metric label would have it
     * @param detail for a human
     */
    void tell(String reason, String detail);

    /**
     * Nothing is missing, and still somebody may want to know; counted, and no matter of the slot.
     *
     * @param reason for counting, as a metric label would have it
     */
    void note(String reason);
}
