// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.util.Map;

/**
 * A flavor. A server keeps the one it was made with, whatever becomes of the flavor itself.
 *
 * @param number the row's number in the database, as legacy notifications show it
 * @param ram MiB
 * @param disk GiB
 * @param ephemeral GiB
 * @param swap MiB
 */
public record Flavor(
        int number,
        String id,
        String name,
        int vcpus,
        int ram,
        int disk,
        int ephemeral,
        int swap,
        Map<String, String> extraSpecs) {}
