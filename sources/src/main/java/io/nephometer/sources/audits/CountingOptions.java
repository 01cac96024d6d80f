// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.time.Duration;

/**
 * How counters are counted.
 *
 * @param settle how long after the end of a period it is counted at the earliest
 * @param patience how much longer measurements of agents that have not delivered are waited for
 * @param late how far back from the beginning of a period measurements are read again in any case, since they may have come too late for the
 *     one before; what is of slots is read however late it came
 */
public record CountingOptions(Duration settle, Duration patience, Duration late) {
    public CountingOptions {
        if (settle.isNegative() || patience.isNegative() || late.isNegative()) {
            throw new IllegalArgumentException("times of an audit are not negative");
        }
    }
}
