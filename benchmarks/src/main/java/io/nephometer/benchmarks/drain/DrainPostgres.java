// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import io.nephometer.benchmarks.Figures;
import picocli.CommandLine.Command;

/** {@code drain-postgres}. */
@Command(
        name = "drain-postgres",
        description =
                "Empties a prefilled queue into PostgreSQL with durable commits, beside consumers that keep nothing.")
public final class DrainPostgres extends Drain {
    @Override
    protected Figures measure() throws Exception {
        return drain("drain-postgres");
    }
}
