// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;

/** How many requests one service gets from us at most. */
public record ApiBudget(
        @Doc("Requests per second in the long run.") @Default("5") @Between(min = "0.01", max = "10000")
        double rate,

        @Doc("Requests at once after a quiet time.") @Default("20") @Between(min = "1", max = "100000")
        int burst) {
    public static final ApiBudget DEFAULT = new ApiBudget(5, 20);
}
