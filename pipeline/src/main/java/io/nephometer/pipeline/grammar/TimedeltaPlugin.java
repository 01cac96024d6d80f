// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import io.nephometer.pipeline.decode.IsoTime;
import io.nephometer.pipeline.jsonpath.Match;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The seconds between exactly two times, never negative; nothing where there are not two. */
record TimedeltaPlugin() implements FieldPlugin {
    static final String NAME = "timedelta";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<@Nullable Object> apply(List<Match> matches) {
        if (matches.size() != 2
                || !(matches.get(0).value() instanceof String one)
                || !(matches.get(1).value() instanceof String other)) {
            return List.of();
        }
        try {
            Duration between = Duration.between(
                            IsoTime.parse(one).instant(), IsoTime.parse(other).instant())
                    .abs();
            return List.of(BigDecimal.valueOf(between.getSeconds())
                    .add(BigDecimal.valueOf(between.getNano(), 9))
                    .doubleValue());
        } catch (DateTimeException e) {
            return List.of();
        }
    }
}
