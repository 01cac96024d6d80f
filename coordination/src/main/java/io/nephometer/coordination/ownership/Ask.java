// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

/**
 * A wish for an epoch. To be answered by {@link Ownership#granted} or {@link Ownership#notGranted}.
 *
 * @param number tells it from earlier wishes for the same unit, whose answers count no more
 */
public record Ask(String unit, long number) {}
