// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.DurationText;
import io.nephometer.runtime.config.InvalidSetting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a replica lacks is known as of the last time it was asked how far it is, so no less can be proven than passes in between. */
final class ProbedStaleness {
    private ProbedStaleness() {}

    /**
     * Refuses a bound that no replica can ever be proven to keep.
     *
     * @param key of the bound, as {@link InvalidSetting} takes it
     * @param bound null: none is set
     * @param intervalKey in full
     */
    static void check(String key, @Nullable Duration bound, String intervalKey, Duration interval) {
        if (bound != null && bound.compareTo(interval) < 0) {
            throw new InvalidSetting(
                    key,
                    "no replica can be proven to lack less than passes between two probes: expected at least "
                            + DurationText.print(interval) + " (" + intervalKey + ")");
        }
    }
}
