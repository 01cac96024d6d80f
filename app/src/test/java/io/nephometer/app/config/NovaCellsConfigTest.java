// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.runtime.config.Secret;
import io.nephometer.store.replica.Fallback;
import io.nephometer.testkit.config.ConfigRecordAssert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NovaCellsConfigTest {
    private static final NovaCellConfig CELL =
            new NovaCellConfig("cell1", new ConnectionUrl("mariadb://one/nova"), null, List.of());

    @TempDir
    private Path folder;

    static NovaCellsConfig withDefaults() {
        return of(List.of(CELL));
    }

    private static NovaCellsConfig of(List<NovaCellConfig> cells) {
        return new NovaCellsConfig(
                cells,
                null,
                ReadFrom.REPLICA,
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Fallback.PRIMARY,
                20,
                2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                "instance-%08x");
    }

    @Test
    void cells() {
        ConfigRecordAssert<NovaCellsConfig> record = ConfigRecordAssert.of(NovaCellsConfig.class);
        record.hasDefaults(of(List.of()));
        record.bindsEveryKey(
                """
                cells: [{name: cell1, url: 'mariadb://one/nova'}]
                deleted_kept: 40d
                read: primary
                max_staleness: 10s
                probe_interval: 2s
                fallback: skip
                fallback_reads_per_second: 5
                connections: 3
                connect_timeout: 5s
                statement_timeout: 1m
                instance_name_template: vm-%d
                """,
                new NovaCellsConfig(
                        List.of(CELL),
                        Duration.ofDays(40),
                        ReadFrom.PRIMARY,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2),
                        Fallback.SKIP,
                        5,
                        3,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        "vm-%d"));
    }

    @Test
    void cell() {
        ConfigRecordAssert<NovaCellConfig> record =
                new ConfigRecordAssert<>(NovaCellConfig.class, "name: cell1\nurl: 'mariadb://one/nova'");
        record.hasDefaults(CELL);
        NovaCellConfig full = new NovaCellConfig(
                "cell2",
                new ConnectionUrl("mariadb://two/nova"),
                new Secret("word"),
                List.of(new ConnectionUrl("mariadb://three/nova")));
        record.bindsEveryKey(
                "{name: cell2, url: 'mariadb://two/nova', password: word, slave_connection: ['mariadb://three/nova']}",
                full);
        assertThat(full.server().password()).isEqualTo("word");
        assertThat(full.replicas().getFirst().password()).isEqualTo("word");
    }

    private void assertRefused(String yaml, String... why) throws IOException {
        Path file = Files.writeString(folder.resolve("nephometer.yaml"), yaml);
        assertThatThrownBy(() -> ConfigurationFile.read(file))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems().toString()).contains(why));
    }

    @Test
    void whatIsWrong_isToldByItsKey() throws IOException {
        assertRefused(
                "nova_cells: {cells: [{name: a, url: 'postgresql://one/nova'}]}",
                "nova_cells.cells",
                "expected mariadb://user@host:port/database");
        assertRefused(
                "nova_cells: {cells: [{name: a, url: 'mariadb://one/nova'}, {name: a, url: 'mariadb://two/nova'}]}",
                "two cells are called a");
        assertRefused("nova_cells: {fallback: stale}", "expected primary or skip");
        assertRefused("nova_cells: {cells: []}", "expected at least one cell database");
        assertRefused("inventory: {source: cells}", "nova_cells says which");
        assertRefused("audits: {inventory: cells}", "nova_cells says which");
        assertRefused(
                "audits: {inventory: cells}\nnova_cells: {cells: [{name: a, url: 'mariadb://one/nova'}]}",
                "deleted_kept",
                "archive_deleted_rows");
    }
}
