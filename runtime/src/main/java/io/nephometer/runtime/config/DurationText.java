// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 300ms}, {@code 5s}, {@code 1h30m}, {@code 7d}, and ISO 8601's {@code PT5S}. */
public final class DurationText {
    /** What {@link #parse} takes, for error messages. */
    static final String EXPECTED = "a duration with its unit, such as 300ms, 5s, 1h30m, 7d or PT5S";

    private static final Pattern PART = Pattern.compile("(\\d{1,15})\\s*(d|h|ms|us|ns|m|s)");
    private static final Map<String, Duration> UNITS = units();

    private DurationText() {}

    private static Map<String, Duration> units() {
        Map<String, Duration> units = new LinkedHashMap<>();
        units.put("d", Duration.ofDays(1));
        units.put("h", Duration.ofHours(1));
        units.put("m", Duration.ofMinutes(1));
        units.put("s", Duration.ofSeconds(1));
        units.put("ms", Duration.ofMillis(1));
        units.put("us", Duration.ofNanos(1000));
        units.put("ns", Duration.ofNanos(1));
        return units;
    }

    /**
     * Reads a duration, which is never negative.
     *
     * @throws IllegalArgumentException if the text is none, or has no unit
     */
    public static Duration parse(String text) {
        String trimmed = text.strip();
        try {
            Duration duration = trimmed.startsWith("P") ? Duration.parse(trimmed) : sumOfParts(trimmed);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
        throw new IllegalArgumentException(EXPECTED);
    }

    private static Duration sumOfParts(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!part.find() || part.start() != end) {
                throw new IllegalArgumentException(EXPECTED);
            }
            Duration unit = UNITS.getOrDefault(part.group(2), Duration.ZERO);
            sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
            end = part.end();
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return sum;
    }

    /** The shortest text that {@link #parse} reads back as the same duration. */
    public static String print(Duration duration) {
        StringBuilder text = new StringBuilder();
        Duration rest = duration;
        for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
            long count = rest.dividedBy(unit.getValue());
            if (count > 0) {
                text.append(count).append(unit.getKey());
                rest = rest.minus(unit.getValue().multipliedBy(count));
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}
