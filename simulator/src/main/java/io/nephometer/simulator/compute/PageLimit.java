// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.compute;

import io.nephometer.simulator.http.Query;
import java.util.regex.Pattern;

/** How many rows a page has at most. */
final class PageLimit {
    /** More are never given, whatever is asked for. */
    static final int MOST = 1000;

    private static final Pattern DIGITS = Pattern.compile("[0-9]*");

    private PageLimit() {}

    static int of(Query query) {
        String text = query.last("limit").orElse("");
        if (!DIGITS.matcher(text).matches()) {
            throw new RefusedException(
                    400,
                    "Invalid input for query parameters limit. Value: " + text + ". '" + text
                            + "' does not match '^[0-9]*$'");
        }
        return text.isEmpty() || text.length() > 9 ? MOST : Math.min(MOST, Integer.parseInt(text));
    }
}
