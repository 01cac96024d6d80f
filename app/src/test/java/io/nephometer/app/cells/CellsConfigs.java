// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.nephometer.app.config.NovaCellConfig;
import io.nephometer.app.config.NovaCellsConfig;
import io.nephometer.app.config.ReadFrom;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.store.replica.Fallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Configurations of cells by their addresses alone. */
final class CellsConfigs {
    private static final List<String> NAMES = List.of("one", "two", "three");

    private CellsConfigs() {}

    static NovaCellsConfig of(String... urls) {
        List<NovaCellConfig> cells = new ArrayList<>();
        for (int i = 0; i < urls.length; i++) {
            cells.add(new NovaCellConfig(NAMES.get(i), new ConnectionUrl(urls[i]), null, List.of()));
        }
        return of(cells, Fallback.PRIMARY);
    }

    static NovaCellsConfig of(List<NovaCellConfig> cells, Fallback fallback) {
        return new NovaCellsConfig(
                cells,
                Duration.ofDays(40),
                ReadFrom.REPLICA,
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                fallback,
                1_000,
                2,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                "instance-%08x");
    }
}
