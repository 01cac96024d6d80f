// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.store.replica.Fallback;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an audit reads the ledger. What is null is as it is for all audits, or for all readers of the store.
 *
 * @param read which server answers
 * @param maxStaleness a replica answers only if its answer lacks nothing older
 * @param fallback what happens if none can
 */
public record AuditReadConfig(
        @Nullable ReadFrom read,
        @Nullable Duration maxStaleness,
        @Nullable Fallback fallback) {
    static final String READ = "As audits.read, of this audit alone. Not set: that.";
    static final String MAX_STALENESS = "As audits.max_staleness, of this audit alone. Not set: that.";
    static final String FALLBACK = "As audits.fallback, of this audit alone. Not set: that.";

    /** One that says nothing of its own. */
    public static final AuditReadConfig AS_OTHERS = new AuditReadConfig(null, null, null);

    /** What is not said here is as {@code others} say it. */
    public AuditReadConfig or(AuditReadConfig others) {
        return new AuditReadConfig(
                read == null ? others.read : read,
                maxStaleness == null ? others.maxStaleness : maxStaleness,
                fallback == null ? others.fallback : fallback);
    }

    /** The longest that an answer may lack. */
    public Duration maxStaleness(StoreConfig store) {
        return Objects.requireNonNullElse(maxStaleness, store.maxStaleness());
    }

    /** What happens if no replica can answer. */
    public Fallback fallback(StoreConfig store) {
        return Objects.requireNonNullElse(fallback, store.fallback());
    }
}
