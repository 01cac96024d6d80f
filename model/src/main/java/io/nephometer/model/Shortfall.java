// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/**
 * Why something is missing in a slot.
 *
 * @param reason for counting, as a metric label would have it: {@code hypervisor_unreachable}, {@code overrun}
 * @param count how many samples or resources this stands for; 0 if nobody can tell
 * @param detail for a human: "libvirt gave no answer within 10 s"
 */
public record Shortfall(String reason, long count, String detail) {}
