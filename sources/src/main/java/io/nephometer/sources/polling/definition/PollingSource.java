// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.definition;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One source of {@code polling.yaml}: which meters, how often, of what.
 *
 * @param name names may repeat
 * @param interval whole seconds
 * @param meters at least one
 * @param resources fixed resources, for pollsters that want any; usually empty
 * @param discovery replaces a pollster's own discovery; usually empty
 * @param groupExpression {@code group_id_coordination_expression}; null if there is none
 * @param line where it stands, counted from 1
 */
public record PollingSource(
        String name,
        Duration interval,
        List<MeterPattern> meters,
        List<String> resources,
        List<String> discovery,
        @Nullable String groupExpression,
        int line) {
    public PollingSource {
        meters = List.copyOf(meters);
        resources = List.copyOf(resources);
        discovery = List.copyOf(discovery);
    }

    /** Whether the source wants the pollster of this name: not excluded, and either included or there are exclusions only. */
    public boolean wants(String pollster) {
        boolean included = meters.stream().allMatch(MeterPattern::isExclusion);
        for (MeterPattern pattern : meters) {
            if (pattern.glob().matches(pollster)) {
                if (pattern.isExclusion()) {
                    return false;
                }
                included = true;
            }
        }
        return included;
    }
}
