// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import java.util.List;

/**
 * A stretch of a file that cannot be read.
 *
 * @param labels of the messages in it that still say whose they were
 * @param nameless how many more there are, at least
 */
record Gap(long from, long to, List<SpoolRecord.Label> labels, int nameless) {
    Gap {
        labels = List.copyOf(labels);
    }

    long bytes() {
        return to - from;
    }
}
