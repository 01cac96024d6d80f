// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import io.nephometer.runtime.config.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Keystone granted for one log-in.
 *
 * @param lifetime of the token when it came, by Keystone's own clock
 * @param startedAt our ticker when it was asked for
 * @param projectId of its scope; null for a scope without project
 */
record Grant(
        Secret token,
        Duration lifetime,
        long startedAt,
        @Nullable String projectId,
        Catalog catalog) {
    /** A token is renewed when a tenth of its life is left, but no earlier than this before its end. */
    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);

    boolean isExpired(long now) {
        return now - startedAt >= lifetime.toNanos();
    }

    boolean isDue(long now) {
        Duration tenth = lifetime.dividedBy(10);
        Duration margin = tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN;
        return now - startedAt >= lifetime.minus(margin).toNanos();
    }
}
