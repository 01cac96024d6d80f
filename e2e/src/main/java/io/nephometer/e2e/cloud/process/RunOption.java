// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.process;

import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.testkit.servers.PrivatePostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a run writes, and its ledger. */
public final class RunOption implements AutoCloseable {
    @Option(
            names = "--store",
            paramLabel = "URL",
            description =
                    "The ledger to use, which stays; not given: one in a PostgreSQL of its own, which is removed.")
    private @Nullable ConnectionUrl store;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "A folder that no run has used yet; not given: a temporary one.")
    private @Nullable Path output;

    private @Nullable PrivatePostgres postgres;

    /** Makes the folder. */
    public Path folder() throws IOException {
        return output == null
                ? Files.createTempDirectory("nephometer-cloud-")
                : Files.createDirectories(output.toAbsolutePath());
    }

    /** Makes the ledger, and gives its address with its password. */
    public String ledger() {
        String url = store == null ? privateLedger() : store.reveal();
        RunLedger.make(url);
        return url;
    }

    private String privateLedger() {
        PrivatePostgres started = new PrivatePostgres();
        postgres = started;
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
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
