// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The instants of a server's row, in whole seconds as the database keeps them.
 *
 * @param updated null until something changes the row for the first time; then no {@code changes-since} shows it
 * @param terminated when its domain was destroyed
 * @param deleted when its row was marked as deleted
 */
public record Times(
        Instant created,
        @Nullable Instant updated,
        @Nullable Instant launched,
        @Nullable Instant terminated,
        @Nullable Instant deleted) {
    static Times createdAt(Instant at) {
        return new Times(seconds(at), null, null, null, null);
    }

    Times updatedAt(Instant at) {
        return new Times(created, seconds(at), launched, terminated, deleted);
    }

    Times launchedAt(Instant at) {
        return new Times(created, updated, seconds(at), terminated, deleted);
    }

    Times terminatedAt(Instant at) {
        return new Times(created, updated, launched, seconds(at), deleted);
    }

    Times deletedAt(Instant at) {
        return new Times(created, updated, launched, terminated, seconds(at));
    }

    private static Instant seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
