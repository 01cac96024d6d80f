// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.app.Assembly;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.Role;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.ClusterView.UnitOwner;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The inventory and its audits as parts of a process, on the real clock, against a simulated cloud. Takes about ten seconds. */
@Timeout(180)
class AuditRoleTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final InstantSource CLOCK = WallClock.system();

    @TempDir
    private Path folder;

    private Configuration configuration(String authUrl, String audits) throws IOException, ConfigException {
        Path file = Files.writeString(
                folder.resolve("nephometer.yaml"), """
                telemetry: {enabled: false}
                store: {url: "sqlite:%s"}
                inventory: {interval_to_update_resource: 5s}
                openstack:
                  access: {auth_url: "%s", username: admin, password: simulated, project_name: admin}
                %s
                """.formatted(folder.resolve("ledger.db"), authUrl, audits));
        return ConfigurationFile.read(file).value();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within %s", LIMIT).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    @Test
    void roleAll_withoutASharedCache_keepsTheInventory_andOwnsTheHosts() throws Exception {
        StoreUrl url = StoreUrl.parse("sqlite:" + folder.resolve("ledger.db"));
        try (SimulatedCloud cloud = new SimulatedCloud(SimulatedCloudOptions.of(CLOCK, 1, 3))) {
            cloud.start();
            Lifecycle lifecycle = new Assembly(configuration(cloud.authUrl(), "audits: {usage: {period: hour}}"))
                    .assemble(Set.of(Role.ALL), "all-1");
            lifecycle.start();
            try (LedgerView ledger = Ledgers.openReadOnly(url, LedgerOptions.DEFAULTS, CLOCK)) {
                await(() -> ledger.inventory().mark(InventoryFeed.SOURCE).isPresent());
                await(() -> ledger.cluster().owners().stream()
                                .filter(owner -> owner.unit().source().equals("audit"))
                                .map(UnitOwner::unit)
                                .count()
                        == 16);
            } finally {
                lifecycle.close();
            }
        }
    }

    @Test
    void roleAudit_withoutItsSection_isRefused() {
        assertThatThrownBy(() -> new Assembly(configuration("http://127.0.0.1:1/v3", ""))
                        .assemble(Set.of(Role.AUDIT), "audit-1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("audits");
    }

    @Test
    void aPeriodThatDoesNotExistInEachIsRefusedWhenTheFileIsRead() {
        assertThatThrownBy(() -> configuration("http://127.0.0.1:1/v3", "audits: {usage: {period: month@29}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("29");
    }
}
