// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import org.jspecify.annotations.Nullable;

/**
 * One of the shares into which instances are divided by their ids, as many as {@link HostShare} has: by the first hexadecimal digit, so that a
 * share is a range of ids, and an instance stays in it wherever it is. What does not begin with such a digit has its place in a range as well.
 *
 * @param from the first id; empty for the beginning
 * @param until the first id behind it; null for the end
 */
public record InstanceShare(String from, @Nullable String until) {
    private static final int RADIX = 16;

    /** The share of that number. */
    public static InstanceShare of(int number) {
        if (number < 0 || number >= HostShare.COUNT) {
            throw new IllegalArgumentException("there is no share " + number + " of instances");
        }
        return new InstanceShare(
                number == 0 ? "" : digit(number), number == HostShare.COUNT - 1 ? null : digit(number + 1));
    }

    private static String digit(int number) {
        return Integer.toString(number, RADIX);
    }
}
