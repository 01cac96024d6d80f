// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.replica;

import io.nephometer.app.cells.CellInventory;
import io.nephometer.app.cells.CellServers;
import io.nephometer.app.cells.Cells;
import io.nephometer.app.cells.OwnVersions;
import io.nephometer.app.config.NovaCellConfig;
import io.nephometer.app.config.NovaCellsConfig;
import io.nephometer.app.config.ReadFrom;
import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.ReplicaState;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.testkit.cells.RecordedCell;
import io.nephometer.testkit.servers.PrivateMariaDb;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cell-audits}. */
@Command(
        name = "cell-audits",
        description =
                "Statements and rows that an audit of usage reads of a cell database, on the primary and on a replica, with and"
                        + " without one.")
public final class CellAudits extends MeasuringCommand {
    private static final String CELL = "nova_cell1";
    private static final Period HOUR =
            new Period(Instant.parse("2026-11-28T15:00:00Z"), Instant.parse("2026-11-28T16:00:00Z"));

    /** Rows as the storage engine handed them over, from indexes and tables. */
    private static final String LOAD =
            "SELECT max(if(variable_name = 'COM_SELECT', variable_value, 0)), sum(if(variable_name IN"
                    + " ('HANDLER_READ_FIRST', 'HANDLER_READ_KEY', 'HANDLER_READ_NEXT', 'HANDLER_READ_PREV', 'HANDLER_READ_RND',"
                    + " 'HANDLER_READ_RND_NEXT'), variable_value, 0)) FROM information_schema.global_status";

    private static final int CHUNK = 5_000;

    private static final String FILL = """
            INSERT INTO instances (id, uuid, project_id, user_id, host, node, display_name, vm_state, power_state, created_at, updated_at,
              launched_at, terminated_at, deleted_at, deleted, image_ref, hidden, cleaned)
            SELECT seq, uuid(), 'p', 'u', concat('compute-', seq % 500), concat('compute-', seq % 500), concat('vm-', seq),
              if(seq > <live>, 'deleted', 'active'), 1, '2026-11-01', '2026-11-01', '2026-11-01', if(seq > <live>, '2026-11-02', NULL),
              if(seq > <live>, '2026-11-02', NULL), if(seq > <live>, seq, 0), 'i', 0, 0 FROM seq_<from>_to_<to>;
            INSERT INTO instance_extra (instance_uuid, flavor, deleted)
            SELECT uuid, '{"cur": {"nova_object.data": {"name": "m1.small", "flavorid": "2", "vcpus": 1, "memory_mb": 2048, "root_gb": 20,
              "ephemeral_gb": 0, "swap": 0, "extra_specs": {}}}}', 0 FROM instances WHERE id BETWEEN <from> AND <to>;
            INSERT INTO instance_metadata (instance_uuid, `key`, value, deleted)
            SELECT uuid, k.k, 'x', 0 FROM instances JOIN (SELECT 'metering.a' k UNION SELECT 'owner') k
              WHERE id BETWEEN <from> AND <to>;
            INSERT INTO instance_system_metadata (instance_uuid, `key`, value, deleted)
            SELECT uuid, k.k, 'x', 0 FROM instances
              JOIN (SELECT 'image_min_ram' k UNION SELECT 'image_base_image_ref' UNION SELECT 'boot_roles') k
              WHERE id BETWEEN <from> AND <to>
            """;

    @Option(names = "--instances", defaultValue = "50000", description = "Instances that live (${DEFAULT-VALUE}).")
    private int instances;

    @Override
    protected Figures measure() throws Exception {
        Figures figures = new Figures(name()).put("instances", instances);
        try (PrivateMariaDb primary = PrivateMariaDb.primary();
                PrivateMariaDb replica = primary.replica()) {
            primary.start();
            primary.createDatabase(CELL);
            RecordedCell.makeTables(primary, CELL);
            replica.start();
            say("filling %d instances", instances);
            long start = System.nanoTime();
            fill(primary);
            follow(primary, replica);
            figures.put("filling_s", (System.nanoTime() - start) / 1e9);
            Audited alone = audit(primary, replica, false);
            Audited beside = audit(primary, replica, true);
            figures.put("without_replica", alone.tree()).put("with_replica", beside.tree());
            say("%s", ReadLoad.TABLE_HEAD);
            say("%s", alone.load().line("instance_usage_audit", false));
            say("%s", beside.load().line("instance_usage_audit", true));
            ReadLoad.Server without = alone.load().primary();
            ReadLoad.Server with = beside.load().primary();
            double left = ReadLoad.left(with.rows(), without.rows());
            figures.ratio(left, "rows read of the primary by an audit without a replica");
            figures.goal("share of the rows that leave the primary", left, 0.9, true);
            double statements = ReadLoad.left(with.statements(), without.statements());
            figures.goal("share of the statements that leave the primary", statements, 0.9, true);
            if (alone.told() != instances || beside.told() != instances) {
                figures.failed();
            }
        }
        return figures;
    }

    /**
     * Rows like Nova's, of which each has a flavor, two pairs of metadata and three of the image; a twentieth more that ended long ago. By so
     * many at once, that no command takes long and the replica follows meanwhile.
     */
    private void fill(PrivateMariaDb server) {
        server.sql(
                CELL,
                "INSERT INTO services (id, uuid, host, `binary`, topic, report_count, deleted, last_seen_up) VALUES"
                        + " (1, uuid(), 'c', 'nova-conductor', 'conductor', 1, 0, utc_timestamp())");
        int all = instances + instances / 20;
        for (int from = 1; from <= all; from += CHUNK) {
            int to = Math.min(all, from + CHUNK - 1);
            server.sql(
                    CELL,
                    FILL.replace("<from>", "" + from).replace("<to>", "" + to).replace("<live>", "" + instances));
        }
        server.sql(CELL, "ANALYZE TABLE instances, instance_extra, instance_metadata, instance_system_metadata");
    }

    /** Returns when the replica has all that the primary has. */
    private static void follow(PrivateMariaDb primary, PrivateMariaDb replica) {
        String position = primary.sql("", "SELECT @@global.gtid_binlog_pos");
        while (!replica.sql("", "SELECT master_gtid_wait('" + position + "', 30)")
                .equals("0")) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    private Audited audit(PrivateMariaDb primary, PrivateMariaDb replica, boolean routed) throws AuditException {
        try (Cells cells = Cells.of(
                config(primary, replica, routed), WallClock.system(), Ticker.system(), _ -> RouterObserver.NONE)) {
            cells.start();
            while (routed
                    && cells.all().getFirst().router().replicas().getFirst().state() != ReplicaState.HEALTHY) {
                LockSupport.parkNanos(50_000_000);
            }
            CellInventory inventory = new CellInventory(
                    cells, new CellServers("instance-%08x"), OwnVersions.none(), Duration.ofDays(400), _ -> {});
            ReadLoad.Server before = load(primary);
            ReadLoad.Server there = load(replica);
            long start = System.nanoTime();
            int told = 0;
            for (int share = 0; share < HostShare.COUNT; share++) {
                inventory.place(HOUR.end());
                told += inventory.window(HOUR, share, HOUR.end()).instances().size();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Audited(
                    told, new ReadLoad(load(primary).less(before), load(replica).less(there), seconds));
        }
    }

    private static NovaCellsConfig config(PrivateMariaDb primary, PrivateMariaDb replica, boolean routed) {
        NovaCellConfig cell = new NovaCellConfig(
                "one",
                new ConnectionUrl(primary.url(CELL)),
                null,
                routed ? List.of(new ConnectionUrl(replica.url(CELL))) : List.of());
        return new NovaCellsConfig(
                List.of(cell),
                Duration.ofDays(400),
                ReadFrom.REPLICA,
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Fallback.PRIMARY,
                1_000,
                2,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                "instance-%08x");
    }

    private static ReadLoad.Server load(PrivateMariaDb server) {
        String[] values = server.sql("", LOAD).split("\t", -1);
        return new ReadLoad.Server(Long.parseLong(values[0]), Long.parseLong(values[1]));
    }

    /** One period of all shares; what asked how the servers stand meanwhile is in it. */
    private record Audited(int told, ReadLoad load) {
        Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("told", told);
            tree.putAll(load.tree());
            return tree;
        }
    }
}
