// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long the ledger keeps what it has; null is for ever. */
public record RetentionConfig(
        @Doc("Age at which events are removed. Not set: they are kept.") @Example("30d") @Between(min = "1h") @Nullable Duration events,

        @Doc("Age at which samples are removed. Not set: they are kept.") @Example("90d") @Between(min = "1h") @Nullable Duration samples,

        @Doc("Age, since they were last seen, at which recovery entries are removed. Not set: they are kept.")
        @Example("180d")
        @Between(min = "1h")
        @Nullable Duration recovery,

        @Doc(
                "How far audits may go back, whatever the ages above are: as long, at least, it is known which instances there were until when,"
                        + " and what was audited. As much as audits.usage goes back, at least: one period and catch_up, or two periods if that"
                        + " is more.")
        @Default("100d")
        @Between(min = "1d", max = "1200d")
        Duration audited,

        @Doc("How often old rows are looked for.") @Default("10m") @Between(min = "10s", max = "1d")
        Duration interval,

        @Doc("Rows removed in one run at most, so that removal never holds up intake.")
        @Default("50000")
        @Between(min = "100", max = "10000000")
        int rowsPerRun) {
    public RetentionConfig {
        if (interval.isZero()) {
            throw new InvalidSetting("interval", "expected more than nothing");
        }
    }

    /**
     * The longest time that anything derived from a message may be asked for: intake rows, which refuse duplicates, live as
     * long. Null is for ever.
     */
    public @Nullable Duration longest() {
        return events == null || samples == null
                ? null
                : Stream.of(events, samples).max(Duration::compareTo).orElseThrow();
    }
}
