// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AssetVersion;
import java.time.Instant;
import java.util.List;

/** The hypervisors of the cloud as they were, from wherever that may be read. It cannot write. */
@FunctionalInterface
public interface Hosts {
    /**
     * The hypervisors of the hosts of one share that were there at a time, ordered by id. Their fields are named as Nova names them:
     * {@code vcpus}, {@code memory_mb}, {@code local_gb}, {@code host_ip}; what is not known is missing.
     *
     * @throws AuditException if nobody answers
     */
    Found hosts(Instant at, int share) throws AuditException;

    /** An answer, with the place where it was read. */
    record Found(Inventory.Place place, List<AssetVersion> hosts) {
        public Found {
            hosts = List.copyOf(hosts);
        }
    }
}
