// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.compute;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A microversion of Nova's API, of which the major number is always 2. */
record Microversion(int minor) {
    /** What a request without one gets. */
    static final Microversion FIRST = new Microversion(1);

    /** Nova 26 (Zed). */
    static final Microversion LAST = new Microversion(93);

    private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)");

    /** @throws RefusedException if the text is none, or none of those that there are */
    static Microversion parse(String text) {
        if (text.equals("latest")) {
            return LAST;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new RefusedException(
                    400, "API Version String " + text + " is of invalid format. Must be of format MajorNum.MinorNum.");
        }
        int minor = matcher.group(2).length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(2));
        if (!matcher.group(1).equals("2") || minor < FIRST.minor || minor > LAST.minor) {
            throw new RefusedException(
                    406,
                    "Version " + text + " is not supported by the API. Minimum is " + FIRST + " and maximum is " + LAST
                            + ".");
        }
        return new Microversion(minor);
    }

    boolean isAtLeast(int otherMinor) {
        return minor >= otherMinor;
    }

    @Override
    public String toString() {
        return "2." + minor;
    }
}
