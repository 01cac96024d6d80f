// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.app.Assembly;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.Role;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.metrics.Metrics;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.api.QueryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The role central on the real clock, against a simulated cloud. */
@Timeout(120)
class CentralRoleTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final InstantSource CLOCK = WallClock.system();
    private static final Pattern NAME = Pattern.compile("`(nephometer_refresher_[a-z_]+)");

    @TempDir
    private Path folder;

    private Configuration configuration(String authUrl, boolean global) throws IOException, ConfigException {
        Path file = Files.writeString(
                folder.resolve("nephometer.yaml"), """
                telemetry: {enabled: false}
                store: {url: "sqlite:%s"}
                inventory: {global_resource_cache: %s}
                openstack:
                  access: {auth_url: "%s", username: admin, password: simulated, project_name: admin}
                """.formatted(folder.resolve("ledger.db"), global, authUrl));
        return ConfigurationFile.read(file).value();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within %s", LIMIT).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void fillsTheCache_saysHowItIs_andGivesTheSeatUp() throws Exception {
        try (SimulatedCloud cloud = new SimulatedCloud(SimulatedCloudOptions.of(CLOCK, 2, 5));
                Metrics metrics = new Metrics();
                InProcessSharedCache cache = new InProcessSharedCache(CLOCK)) {
            cloud.start();
            HealthRegistry health = new HealthRegistry();
            Surroundings surroundings =
                    new Surroundings("central-1", metrics.registry(), health, CLOCK, Ticker.system());
            Configuration config = configuration(cloud.authUrl(), true);
            Lifecycle lifecycle = new Lifecycle(LIMIT, Ticker.system());
            new CentralAssembly(config.openstack(), CentralAssembly.options(config.inventory()), cache, surroundings)
                    .addTo(lifecycle);
            lifecycle.start();
            try {
                await(() -> cache.head().isFilled());
                await(() -> health.read("shared cache refresher") instanceof Health.Up);
                assertThat(cache.head().seat()).startsWith("central-1/");
                assertThat(cache.host(cloud.cloud().hosts().getFirst().name(), null)
                                .entries())
                        .hasSize(5);
                assertThat(metrics.registry().getMeters().stream()
                                .map(meter -> meter.getId().getName().replace('.', '_')))
                        .containsAll(namesOfThePage());
            } finally {
                lifecycle.close();
            }
            assertThat(cache.head().seat()).isNull();
        }
    }

    private static Iterable<String> namesOfThePage() throws IOException {
        Set<String> names = new TreeSet<>();
        NAME.matcher(Files.readString(Path.of("../docs/operations.md")))
                .results()
                .forEach(name -> names.add(name.group(1).replaceFirst("_total$", "")));
        assertThat(names).hasSizeGreaterThan(7);
        return names;
    }

    @Test
    void roleAll_refreshesTheCacheOfItsOwnProcess() throws Exception {
        try (SimulatedCloud cloud = new SimulatedCloud(SimulatedCloudOptions.of(CLOCK, 1, 5))) {
            cloud.start();
            Lifecycle lifecycle =
                    new Assembly(configuration(cloud.authUrl(), true)).assemble(Set.of(Role.ALL), "all-1");
            lifecycle.start();
            try {
                await(() -> cloud.requests()
                                .count(asked -> asked.kind() == QueryKind.FULL
                                        && asked.path().contains("/servers"))
                        == 1);
            } finally {
                lifecycle.close();
            }
        }
    }

    @Test
    void roleCentral_withoutASharedCache_isRefused() {
        assertThatThrownBy(() -> new Assembly(configuration("http://127.0.0.1:1/v3", false))
                        .assemble(Set.of(Role.CENTRAL), "central-1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("inventory.global_resource_cache");
    }

    @Test
    void roleCentral_thatSharesNoRedis_isRefused() {
        assertThatThrownBy(() -> new Assembly(configuration("http://127.0.0.1:1/v3", true))
                        .assemble(Set.of(Role.CENTRAL), "central-1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("shared_cache");
    }
}
