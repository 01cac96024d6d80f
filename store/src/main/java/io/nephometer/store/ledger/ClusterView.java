// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who shares work, as the ledger knows it. Every method throws {@link LedgerException} if the store fails. Thread-safe. */
public interface ClusterView {
    /** The latest owner of each unit that was ever owned, by source, interval and unit. */
    List<UnitOwner> owners();

    /** Members that know one another by this database, by name; none where they do by etcd. */
    List<ClusterMember> members();

    /** Whose a unit is since when. */
    record UnitOwner(WorkUnit unit, Tenure tenure, Instant since) {}

    /**
     * A process.
     *
     * @param groups what it takes part in
     * @param since null if that is not known: etcd does not tell
     * @param expires end of its lease; null likewise
     * @param live whether its lease lasts
     */
    record ClusterMember(
            String name,
            String incarnation,
            List<String> groups,
            @Nullable Instant since,
            @Nullable Instant expires,
            boolean live) {
        public ClusterMember {
            groups = List.copyOf(groups);
        }
    }
}
