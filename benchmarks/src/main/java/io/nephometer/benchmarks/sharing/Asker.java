// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Somebody who asks Nova which servers there are, and when that was. */
final class Asker {
    private final @Nullable String host;
    private final boolean remembers;
    private final TreeSet<Instant> polls = new TreeSet<>();

    /**
     * Has not asked yet.
     *
     * @param host whose servers it asks for; null for those of all
     * @param remembers whether it still knows what it was told before it asked last
     */
    Asker(@Nullable String host, boolean remembers) {
        this.host = host;
        this.remembers = remembers;
    }

    void asked(Instant now) {
        if (!remembers) {
            polls.clear();
        }
        polls.add(now);
    }

    /** Whether it asks for servers that are there. */
    boolean asksFor(@Nullable String where) {
        return host == null || host.equals(where);
    }

    /** When what was so since then was first told to it, as far as it remembers. */
    Optional<Instant> firstTold(Instant since) {
        return Optional.ofNullable(polls.ceiling(since));
    }
}
