// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instances after which something may have to be removed, from wherever that may be read: candidates only. It cannot write; whoever removes
 * something asks the primary whether it is still so.
 */
@FunctionalInterface
public interface Removals {
    /**
     * Instances that ended before a time and of which it is not known that nothing is left, or that it was given up.
     *
     * @param share of the host they were on last
     * @param most as many at most
     * @throws AuditException if nobody answers
     */
    List<Ended> ended(Instant before, int share, int most) throws AuditException;

    /** An instance that ended; host null if it was on none. */
    record Ended(String instance, @Nullable String host, Instant ended) {}
}
