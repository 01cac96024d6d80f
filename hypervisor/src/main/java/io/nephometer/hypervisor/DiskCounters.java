// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

import org.jspecify.annotations.Nullable;

/**
 * One disk of a domain. Requests, bytes and times count since the domain started.
 *
 * @param device the name in the guest: {@code vda}
 * @param readNs total time of reads, nanoseconds
 * @param writeNs total time of writes, nanoseconds
 * @param capacity size that the guest sees, bytes
 * @param allocation highest byte that the guest has written since it started, bytes; 0 if it has written nothing, where
 *     libvirt's {@code virDomainGetBlockInfo} (and so Ceilometer) gives {@code physical}
 * @param physical what the container takes on the host, bytes
 */
public record DiskCounters(
        String device,
        @Nullable Long readRequests,
        @Nullable Long readBytes,
        @Nullable Long readNs,
        @Nullable Long writeRequests,
        @Nullable Long writeBytes,
        @Nullable Long writeNs,
        @Nullable Long capacity,
        @Nullable Long allocation,
        @Nullable Long physical) {}
