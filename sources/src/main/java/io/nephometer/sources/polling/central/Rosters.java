// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The newest lists of resources that are measured in partitions, as all members of a cluster see them. Safe for several threads. */
public interface Rosters {
    /**
     * Keeps a list, unless there is a newer one.
     *
     * @param name of the discovery
     * @param slotStart of the slot that it was listed in
     * @param content a text that is handed back as it is
     * @throws RostersException if it cannot be kept now
     */
    void put(String name, Instant slotStart, String content) throws RostersException, InterruptedException;

    /**
     * The newest content; null if there is none yet.
     *
     * @throws RostersException if nobody can tell now
     */
    @Nullable String newest(String name) throws RostersException, InterruptedException;

    /**
     * For those who get contents from elsewhere: that they can be read at all.
     *
     * @throws RostersException if not
     */
    static void requireReadable(String content) throws RostersException {
        Roster.read(content);
    }
}
