// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A microversion of an API: 2.9 comes before 2.10. */
public record Microversion(int major, int minor) implements Comparable<Microversion> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,6})");

    /**
     * Reads {@code 2.93}.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    public static Microversion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a microversion such as 2.93: " + text);
        }
        return new Microversion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    public boolean isAtLeast(Microversion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(Microversion other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
