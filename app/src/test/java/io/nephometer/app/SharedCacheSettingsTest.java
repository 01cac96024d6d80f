// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedCacheSettingsTest {
    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    private Path folder;

    private SharedCache open(String shared, boolean alone, boolean refreshes) throws Exception {
        Path file = Files.writeString(
                folder.resolve("nephometer.yaml"), "inventory: {global_resource_cache: true}\n" + shared);
        Configuration config = ConfigurationFile.read(file).value();
        return SharedCacheSettings.open(config.inventory(), config.sharedCache(), alone, refreshes, WallClock.system())
                .orElseThrow();
    }

    private static String at(String more) {
        return "shared_cache: {url: 'redis://" + NOBODY + "'" + more + "}\n";
    }

    @Test
    void whoRefreshes_changesNothing_beforeKeystoneSaysOfWhichCloudItIs() throws Exception {
        try (SharedCache cache = open(at(""), false, true)) {
            assertThatThrownBy(() -> cache.amend(List.of()))
                    .isInstanceOf(SharedCacheException.class)
                    .hasMessageContaining("Keystone")
                    .hasMessageNotContaining(NOBODY);
        }
    }

    @Test
    void whoRefreshesNot_orHasItSaidByTheConfiguration_doesNotWait() throws Exception {
        try (SharedCache other = open(at(""), false, false);
                SharedCache named = open(at(", cloud: RegionOne"), false, true)) {
            assertThatThrownBy(() -> other.amend(List.of())).hasMessageContaining(NOBODY);
            assertThatThrownBy(() -> named.amend(List.of())).hasMessageContaining(NOBODY);
        }
    }

    @Test
    void whoIsAlone_needsNoRedis() throws Exception {
        try (SharedCache cache = open("", true, true)) {
            assertThat(cache).isInstanceOf(InProcessSharedCache.class);
        }
        assertThatThrownBy(() -> open("", false, true)).isInstanceOf(ConfigException.class);
    }
}
