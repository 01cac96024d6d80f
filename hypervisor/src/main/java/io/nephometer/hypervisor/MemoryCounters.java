// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

import org.jspecify.annotations.Nullable;

/**
 * Memory of a domain, in KiB as libvirt gives it; those of the guest need its balloon driver and a collection period.
 *
 * @param actual size of the balloon
 * @param available what the guest sees as its memory
 * @param usable what the guest could still use without swapping
 * @param unused what the guest does not use at all
 * @param resident of the domain's process on the host
 * @param swapIn since the guest started
 * @param swapOut since the guest started
 */
public record MemoryCounters(
        @Nullable Long actual,
        @Nullable Long available,
        @Nullable Long usable,
        @Nullable Long unused,
        @Nullable Long resident,
        @Nullable Long swapIn,
        @Nullable Long swapOut) {}
