// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.util.List;
import java.util.stream.Collectors;

/** Names for a message: {@code 2 instances: a, b}. Of many the first are named. */
final class SomeNames {
    private static final int MOST = 20;

    private SomeNames() {}

    /** How many instances they are, and which. */
    static String instances(List<String> names) {
        String more = names.size() <= MOST ? "" : " and " + (names.size() - MOST) + " more";
        return names.size()
                + (names.size() == 1 ? " instance: " : " instances: ")
                + names.stream().sorted().limit(MOST).collect(Collectors.joining(", "))
                + more;
    }
}
