// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.RoutingOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cell databases of Nova, which are read instead of its API where audits.inventory or inventory.source says cells. */
public record NovaCellsConfig(
        @Doc(
                "The databases: of every cell, or what is read is not the cloud. That of cell0 has what could not be scheduled;"
                        + " audits do without it.")
        @Default("[]")
        List<NovaCellConfig> cells,

        @Doc(
                "How long deleted instances stay in the databases before nova-manage db archive_deleted_rows takes them away."
                        + " Periods that began earlier are not audited. Must be set for audits.inventory: cells, to as much as"
                        + " audits.usage goes back at least; nothing in the databases tells it.")
        @Example("100d")
        @Between(min = "1h", max = "800d")
        @Nullable Duration deletedKept,

        @Doc("Which server answers, if a cell has a slave_connection.") @Default("replica")
        ReadFrom read,

        @Doc("A replica that may lack more than this is lagging, and not read.")
        @Default("30s")
        @Between(min = "1s", max = "1d")
        Duration maxStaleness,

        @Doc("How often each database is asked how far it is, and its replicas twice, if there are any.")
        @Default("1s")
        @Between(min = "100ms", max = "1m")
        Duration probeInterval,

        @Doc("What happens to a read that no replica can answer: the database itself is asked, or it is put off.")
        @Default("primary")
        Fallback fallback,

        @Doc("So many reads a second a database takes over from its replicas at most; the others are put off.")
        @Default("20")
        @Between(min = "1", max = "100000")
        int fallbackReadsPerSecond,

        @Doc("Connections to each server that this process keeps open at most.")
        @Default("2")
        @Between(min = "1", max = "20")
        int connections,

        @Doc("How long to wait for a connection before a server counts as unreachable.")
        @Default("2s")
        @Between(min = "100ms", max = "1m")
        Duration connectTimeout,

        @Doc("After which the server ends a statement.") @Default("30s") @Between(min = "1s", max = "10m")
        Duration statementTimeout,

        @Doc("As instance_name_template of Nova's configuration, where it is not Nova's own.") @Default("instance-%08x")
        String instanceNameTemplate) {
    /** How long a replica may keep silent when it is asked how far it is. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    public NovaCellsConfig {
        cells = List.copyOf(cells);
        Set<String> names = new HashSet<>();
        for (NovaCellConfig cell : cells) {
            if (!names.add(cell.name())) {
                throw new InvalidSetting("cells", "two cells are called " + cell.name());
            }
        }
        ProbedStaleness.check("maxStaleness", maxStaleness, "nova_cells.probe_interval", probeInterval);
        if (fallback == Fallback.STALE) {
            throw new InvalidSetting(
                    "fallback", "expected primary or skip: what lacks something is never told of a cell");
        }
        try {
            String _ = instanceNameTemplate.formatted(1);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(
                    "instanceNameTemplate", "expected one place for the number of the instance, as the default has");
        }
    }

    /** How replicas are used. */
    public RoutingOptions routing() {
        return new RoutingOptions(maxStaleness, probeInterval, SILENCE, fallbackReadsPerSecond);
    }
}
