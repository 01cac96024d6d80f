// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.model.Shortfall;
import java.util.List;

/**
 * What one poll of a dynamic pollster gave.
 *
 * @param shortfalls what is missing and why, one for each reason
 */
public record DynamicResult(List<Reading> readings, List<Shortfall> shortfalls) {
    public DynamicResult {
        readings = List.copyOf(readings);
        shortfalls = List.copyOf(shortfalls);
    }

    /** Whether a request got no answer that can be used. */
    public boolean isUnanswered() {
        return shortfalls.stream().anyMatch(shortfall -> shortfall.reason().equals(Shortage.REQUEST));
    }
}
