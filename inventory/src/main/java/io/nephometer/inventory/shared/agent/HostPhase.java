// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host's place in a period that all hosts share, so that they act one after the other. Names that differ in a number, as those of
 * hosts mostly do, are spread evenly: each further number adds the golden ratio, which fills the period without heaps. Chance alone
 * would put a third more than the average into some minute.
 */
final class HostPhase {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final Pattern NUMBERED = Pattern.compile("([^.]*?)(\\d{1,9})([^.\\d]*(?:\\..*)?)");

    private HostPhase() {}

    /**
     * From 0 to just below 1.
     *
     * @param turn how often it was asked before: another place for each, as even over the hosts as the first
     */
    static double of(String host, long turn) {
        Matcher numbered = NUMBERED.matcher(host);
        double place = numbered.matches()
                ? chance(numbered.group(1) + "/" + numbered.group(3)) + Long.parseLong(numbered.group(2)) * GOLDEN
                : chance(host);
        double turned = place + turn * Math.sqrt(2);
        return turned - Math.floor(turned);
    }

    private static double chance(String name) {
        return (BodyHash.of(Bytes.utf8(name).unsafeArray()).high() >>> 11) * 0x1p-53;
    }
}
