// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.InvalidSetting;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole of nephometer.yaml. */
public record Configuration(
        @Doc("What this process does; --role of the command line stands above it.") @Default("[all]")
        List<Role> roles,

        @Doc("The ledger: where events, samples and recovery entries are kept.")
        StoreConfig store,

        @Doc("Intake of notifications and polled samples from the message bus.")
        CollectorConfig collector,

        @Doc("What a notification means: events, traits and meters.")
        DefinitionsConfig definitions,

        @Doc("Nova's cell databases, where they are read. Not set: none is.") @Nullable NovaCellsConfig novaCells,

        @Doc("The cloud's APIs: where metadata of what is measured comes from.")
        OpenStackConfig openstack,

        @Doc("Metadata that the agents of a cloud share.") InventoryConfig inventory,

        @Doc(
                "Where the shared metadata is kept, if inventory.global_resource_cache is on. Not set: in this process, which the role all alone can do.")
        @Nullable SharedCacheConfig sharedCache,

        @Doc("Measuring the instances of a hypervisor. Not set: the role all does without.") @Nullable ComputeConfig compute,

        @Doc("Polling of the cloud's public APIs. Not set: this process polls none.") @Nullable CentralConfig central,

        @Doc(
                "Audits, and the inventory that they stand on; the same section for the roles collector, central and audit,"
                        + " which note, read and audit. Not set: there is neither.")
        @Nullable AuditsConfig audits,

        @Doc("Metrics and health of this process over HTTP.")
        TelemetryConfig telemetry,

        @Doc("What is written to standard error.") LoggingConfig logging) {
    public Configuration {
        roles = List.copyOf(roles);
        if (roles.isEmpty()) {
            throw new InvalidSetting("roles", "at least one role is needed");
        }
        if (novaCells != null && novaCells.cells().isEmpty()) {
            throw new InvalidSetting("nova_cells.cells", "expected at least one cell database");
        }
        if (novaCells == null && inventory.source() == InventorySource.CELLS) {
            throw new InvalidSetting(
                    "inventory.source", "cells can be read where nova_cells says which: add that section");
        }
        if (audits != null && audits.inventory() == AuditInventory.CELLS) {
            checkCells(novaCells);
        }
        if (audits != null) {
            checkStaleness(audits, store.probeInterval());
            audits = new AuditReach(audits, store.retention(), novaCells).fitted();
            new AuditReach(audits, store.retention(), novaCells).check();
        }
        if (collector.notificationFeed() && !inventory.globalResourceCache()) {
            throw new InvalidSetting(
                    "collector.notification_feed", "a feed needs what it feeds: inventory.global_resource_cache: true");
        }
    }

    private static void checkStaleness(AuditsConfig audits, Duration probes) {
        String interval = "store.probe_interval";
        ProbedStaleness.check("audits.max_staleness", audits.maxStaleness(), interval, probes);
        for (AuditsConfig.Section one : audits.sections()) {
            String key = "audits." + one.key() + ".max_staleness";
            ProbedStaleness.check(key, one.reads().maxStaleness(), interval, probes);
        }
    }

    private static void checkCells(@Nullable NovaCellsConfig cells) {
        if (cells == null) {
            throw new InvalidSetting(
                    "audits.inventory", "cells can be read where nova_cells says which: add that section");
        }
        if (cells.deletedKept() == null) {
            throw new InvalidSetting(
                    "nova_cells.deleted_kept",
                    "audits.inventory: cells needs to know how long archive_deleted_rows leaves what is deleted");
        }
    }
}
