// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

import org.jspecify.annotations.Nullable;

/**
 * One network interface of a domain, as the host sees it. Counters are since the interface was made.
 *
 * @param tap its name on the host: {@code tap1f0f0d2e-7d}
 */
public record InterfaceCounters(
        String tap,
        @Nullable Long receivedBytes,
        @Nullable Long receivedPackets,
        @Nullable Long receiveErrors,
        @Nullable Long receiveDrops,
        @Nullable Long sentBytes,
        @Nullable Long sentPackets,
        @Nullable Long sendErrors,
        @Nullable Long sendDrops) {}
