// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

/**
 * How much a cloud holds beside servers.
 *
 * @param images beside the few that every cloud has
 * @param containers of each customer's account
 */
public record StockPlan(
        int images, int volumes, int snapshots, int backups, int floatingIps, int pools, int containers) {
    public static StockPlan small() {
        return new StockPlan(5, 12, 4, 3, 6, 2, 3);
    }
}
