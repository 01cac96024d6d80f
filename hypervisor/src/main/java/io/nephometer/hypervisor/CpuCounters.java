// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

import org.jspecify.annotations.Nullable;

/**
 * Processors of a domain.
 *
 * @param timeNs time used since the domain started, in nanoseconds: the sum over its virtual processors of running and waiting,
 *     or the domain's whole time if those are not all told
 * @param count virtual processors that are on
 */
public record CpuCounters(@Nullable Long timeNs, @Nullable Integer count) {}
