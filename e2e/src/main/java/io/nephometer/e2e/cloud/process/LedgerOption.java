// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.process;

import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.testkit.servers.PrivatePostgres;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The ledger of a run. */
public final class LedgerOption implements AutoCloseable {
    @Option(
            names = "--store",
            paramLabel = "URL",
            description =
                    "The ledger to use, which stays; not given: one in a PostgreSQL of its own, which is removed.")
    private @Nullable ConnectionUrl store;

    private @Nullable PrivatePostgres postgres;

    /** Makes the ledger, and gives its address with its password. */
    public String make() {
        String url = store == null ? privateLedger() : store.reveal();
        RunLedger.make(url);
        return url;
    }

    private String privateLedger() {
        PrivatePostgres started = new PrivatePostgres();
        postgres = started;
        started.start();
        return started.createDatabase("ledger");
    }

    @Override
    public void close() {
        if (postgres != null) {
            postgres.close();
        }
    }
}
