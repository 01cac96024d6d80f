// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

/**
 * A compute host; its hypervisor has the same name.
 *
 * @param number from 1 on
 * @param cell the cell whose database knows its servers, from 0 on
 */
public record Host(int number, String name, int cell) {}
