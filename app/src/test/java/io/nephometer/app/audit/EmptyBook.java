// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.model.AuditKey;
import io.nephometer.model.Period;
import io.nephometer.sources.audits.AuditBook;
import io.nephometer.sources.audits.Inventory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** A book in which no audit was ever begun, and none is. */
public class EmptyBook implements AuditBook {
    private final InstantSource clock;

    public EmptyBook(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Set<AuditKey> done(String task, Period period) {
        return Set.of();
    }

    @Override
    public Changes changes(String task, Instant since, Instant after) {
        return new Changes(Set.of(), Set.of());
    }

    @Override
    public Set<AuditKey> open(String task) {
        return Set.of();
    }

    @Override
    public Optional<Instant> latest(String task) {
        return Optional.empty();
    }

    @Override
    public Optional<Hold> begin(AuditKey key, Inventory.Place place) {
        return Optional.empty();
    }
}
