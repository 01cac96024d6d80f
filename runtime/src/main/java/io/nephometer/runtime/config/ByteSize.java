// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written with its unit: {@code 64MiB}, {@code 2GiB}, {@code 512kB}, {@code 100B}. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    /** What {@link #parse} takes, for error messages. */
    static final String EXPECTED = "a size with its unit, such as 64MiB, 2GiB, 512kB or 100B";

    private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]+)");
    private static final Map<String, Long> UNITS = units();

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative: " + bytes);
        }
    }

    private static Map<String, Long> units() {
        Map<String, Long> units = new LinkedHashMap<>();
        String[] prefixes = {"T", "G", "M", "K"};
        for (int i = 0; i < prefixes.length; i++) {
            int power = prefixes.length - i;
            units.put(prefixes[i] + "iB", 1L << (10 * power));
            units.put(
                    (power == 1 ? "k" : prefixes[i]) + "B",
                    BigDecimal.TEN.pow(3 * power).longValueExact());
        }
        units.put("B", 1L);
        return units;
    }

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException if the text is not a whole number of bytes with a unit
     */
    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(EXPECTED);
        }
        try {
            BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
            return new ByteSize(bytes.longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(EXPECTED + ", a whole number of bytes below 8192TiB", e);
        }
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The size in the largest unit that shows it exactly. */
    @Override
    public String toString() {
        if (bytes == 0) {
            return "0B";
        }
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            if (bytes % unit.getValue() == 0) {
                return bytes / unit.getValue() + unit.getKey();
            }
        }
        return bytes + "B";
    }
}
