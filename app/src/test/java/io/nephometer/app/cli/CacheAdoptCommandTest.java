// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.runtime.WallClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.testkit.servers.PrivateRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
class CacheAdoptCommandTest {
    private static final String BEFORE = "nova.example.org:8774 in RegionOne";

    @TempDir
    private Path folder;

    private static CommandRun adopt(Path file, String from) {
        return CommandRun.of("cache", "adopt", "--config", file.toString(), "--from", from);
    }

    @Test
    void writesTheNameThatKeystoneTells_onceTheFormerOneIsSaid() throws Exception {
        try (PrivateRedis redis = new PrivateRedis();
                SimulatedCloud cloud = new SimulatedCloud(SimulatedCloudOptions.of(WallClock.system(), 1, 1))) {
            redis.start();
            cloud.start();
            Path file =
                    Files.writeString(folder.resolve("nephometer.yaml"), """
                    inventory: {global_resource_cache: true}
                    shared_cache: {url: "%s", space: RegionOne}
                    openstack:
                      access: {auth_url: "%s", username: admin, password: simulated, project_name: admin}
                    """.formatted(redis.url(), cloud.authUrl()));
            String now = cloud.novaUrl().replace("http://", "") + " in RegionOne";
            try (RedisSharedCache cache = new RedisSharedCache(
                    Objects.requireNonNull(ConfigurationFile.read(file).value().sharedCache())
                            .options())) {
                assertThat(adopt(file, BEFORE).exits(ExitCode.FAILED).err()).contains("RegionOne is nobody's yet");
                cache.takeSeat("one", BEFORE, Duration.ofMinutes(1));

                assertThat(adopt(file, "nova.mistaken.org")
                                .exits(ExitCode.FAILED)
                                .err())
                        .contains(BEFORE, "nova.mistaken.org", "nothing was changed");
                assertThat(cache.head().cloud()).isEqualTo(BEFORE);

                assertThat(adopt(file, BEFORE).done().out()).contains(BEFORE, now);
                assertThat(cache.head().cloud()).isEqualTo(now);
                assertThat(cache.head().seat()).as("who refreshes goes on").isEqualTo("one");
                assertThat(adopt(file, BEFORE).done().out()).contains(now + " already");
            }
        }
    }

    @Test
    void withoutKeystone_changesNothing_andSaysSo() throws Exception {
        Path file = Files.writeString(folder.resolve("nephometer.yaml"), """
                shared_cache: {url: "redis://127.0.0.1:1"}
                openstack:
                  access: {auth_url: "http://127.0.0.1:1/v3", username: admin, password: x, project_name: admin}
                """);
        assertThat(adopt(file, BEFORE).exits(ExitCode.FAILED).err()).contains("nothing was changed");
    }

    @Test
    void withoutASharedCache_saysWhatIsMissing() throws Exception {
        Path file = Files.writeString(folder.resolve("nephometer.yaml"), "telemetry: {enabled: false}\n");
        assertThat(adopt(file, BEFORE).exits(ExitCode.USAGE).err()).contains("no section shared_cache");
    }
}
