// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.app.config.NovaCellsConfig;
import io.nephometer.inventory.shared.refresh.ReadingWitness;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ListPage;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.testkit.cells.RecordedCell;
import io.nephometer.testkit.servers.PrivateMariaDb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cell database of a real Nova beside what its API said in the same minute. About 10 s. */
@Tag("server")
class CellServersTest {
    private static final PrivateMariaDb SERVER = new PrivateMariaDb();
    private static final CellServers SERVERS = new CellServers("instance-%08x");
    private static final Period AFTERNOON =
            new Period(Instant.parse("2026-11-28T15:00:00Z"), Instant.parse("2026-11-28T16:00:00Z"));

    @BeforeAll
    static void startServer() {
        SERVER.start();
        SERVER.createDatabase("nova_cell1");
        RecordedCell.fill(SERVER, "nova_cell1");
        SERVER.createDatabase("nova_cell2");
        RecordedCell.makeTables(SERVER, "nova_cell2");
        SERVER.sql(
                "nova_cell2",
                "INSERT INTO instances (id, uuid, project_id, user_id, vm_state, created_at, updated_at, launched_at, deleted, image_ref)"
                        + " VALUES (1, 'in-the-second-cell', 'p', 'u', 'active', '2026-11-28 10:00:00', '2026-11-28 10:00:05',"
                        + " '2026-11-28 10:00:05', 0, '')");
    }

    @AfterAll
    static void endServer() {
        SERVER.close();
    }

    private static Cells cells(String... urls) {
        NovaCellsConfig config = CellsConfigs.of(urls);
        return Cells.of(config, WallClock.system(), Ticker.system(), _ -> RouterObserver.NONE);
    }

    private static ServerQuery everything() {
        return ServerQuery.all().changedSince(Instant.parse("2026-11-01T00:00:00Z"));
    }

    private static List<Server> list(CellLists lists, ServerQuery query) throws ApiException {
        List<Server> found = new ArrayList<>();
        ListPage page = lists.page(query, Reason.METADATA_DELTA, found::add);
        while (page.more()) {
            page = lists.page(query.after(found.getLast().id()), Reason.METADATA_DELTA, found::add);
        }
        return found;
    }

    /** Field by field; what is compared is what the answers of the API have. */
    @Test
    void aRow_saysWhatTheApiSays() throws ApiException, JsonException {
        Map<String, Map<String, @Nullable Object>> told = ApiFields.ofAll(RecordedCell.servers());
        Map<String, Map<String, @Nullable Object>> read = new TreeMap<>();
        try (Cells cells = cells(SERVER.url("nova_cell1"))) {
            list(new CellLists(cells, SERVERS), everything())
                    .forEach(server -> read.put(server.id(), ApiFields.of(server)));
        }
        assertThat(told).hasSize(17);
        assertThat(read).isEqualTo(told);
    }

    /** What the recorded answers do not have. A hypervisor may call itself otherwise than its host is called. */
    @Test
    void aRow_saysOnWhichHypervisorItIs_andWhatTheGuestIsCalled() throws ApiException {
        Map<String, Server> read = new TreeMap<>();
        try (Cells cells = cells(SERVER.url("nova_cell1"))) {
            list(new CellLists(cells, SERVERS), everything()).forEach(server -> read.put(server.id(), server));
        }
        assertThat(read.get("af85bda9-4a66-4b41-af03-c29338f32183"))
                .extracting(Server::host, Server::node, Server::hostname)
                .containsExactly("compute-libvirt", "vm", "tcg-plain");
        assertThat(read.get("e87dacb6-405c-4385-9ddb-b1b2c6c5abc8"))
                .as("shelved, and on no host")
                .extracting(Server::host, Server::node, Server::hostname)
                .containsExactly(null, null, "c5-1527-09");
    }

    /** The API embeds flavors without their id; a row has it, so nobody need list flavors. */
    @Test
    void aRow_saysWhichFlavorItIs() throws ApiException {
        try (Cells cells = cells(SERVER.url("nova_cell1"))) {
            assertThat(list(new CellLists(cells, SERVERS), ServerQuery.all()))
                    .hasSize(14)
                    .allSatisfy(server ->
                            assertThat(server.flavor()).extracting(Flavor::id).isNotNull());
        }
    }

    @Test
    void cellsFollowOneAnother_inPagesOfAnySize() throws ApiException {
        try (Cells cells = cells(SERVER.url("nova_cell1"), SERVER.url("nova_cell2"))) {
            CellLists lists = new CellLists(cells, SERVERS);
            List<String> whole =
                    list(lists, ServerQuery.all()).stream().map(Server::id).toList();
            assertThat(whole).hasSize(15).doesNotHaveDuplicates().endsWith("in-the-second-cell");
            assertThat(list(lists, ServerQuery.all().inPagesOf(4)).stream().map(Server::id))
                    .containsExactlyElementsOf(whole);
            assertThat(lists.leftOut()).isEmpty();
            assertThat(lists.unreached(Reason.METADATA_DELTA)).contains(Set.of());
        }
    }

    /** What is in a cell that is down is neither told nor told to be gone. */
    @Test
    void aCellThatIsDown_isNamed_andNothingCountsAsCompleteOrGone() throws ApiException {
        String away = "mariadb://reader@127.0.0.1:1/nova_cell3?sslMode=disable";
        try (Cells cells = cells(SERVER.url("nova_cell1"), away)) {
            CellLists lists = new CellLists(cells, SERVERS);
            assertThat(list(lists, ServerQuery.all())).hasSize(14);
            assertThat(list(lists, everything())).hasSize(17);
            assertThat(lists.unreached(Reason.METADATA_DELTA)).contains(Set.of("cell two"));
            assertThat(lists.server("6c6f65c9-8f34-4e67-ba18-47ab2b228031", Reason.SERVER))
                    .isPresent();
            assertThatThrownBy(() -> lists.server("in-the-second-cell", Reason.SERVER))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("it may be in a cell that says nothing now: two: ");
        }
    }

    @Test
    void aWitness_isNotToldThatAReadingIsComplete_thatLacksACell() throws ApiException {
        List<String> told = new ArrayList<>();
        ReadingWitness witness = new ReadingWitness() {
            @Override
            public Wish wish() {
                return Wish.NOTHING;
            }

            @Override
            public void told(List<Server> servers, Instant at) {}

            @Override
            public void complete(Window window) {
                told.add("complete");
            }

            @Override
            public void toldAll(Instant begun) {
                told.add("all");
            }
        };
        String away = "mariadb://reader@127.0.0.1:1/nova_cell3?sslMode=disable";
        for (String second : List.of(away, SERVER.url("nova_cell2"))) {
            try (Cells cells = cells(SERVER.url("nova_cell1"), second)) {
                CellLists lists = new CellLists(cells, SERVERS);
                ReadingWitness guarded = new WholeCloud(witness, lists);
                list(lists, ServerQuery.all());
                guarded.toldAll(Instant.EPOCH);
                list(lists, everything());
                guarded.complete(
                        new ReadingWitness.Window(Instant.EPOCH, AFTERNOON.end(), false, Duration.ZERO, Duration.ZERO));
                assertThat(told).isEqualTo(second.equals(away) ? List.of() : List.of("all", "complete"));
            }
        }
    }

    /** As it was at the end of the period: what ended later had not. */
    @Test
    void anAudit_isToldWhatLivedInThePeriod_asItWasAtItsEnd() throws AuditException {
        Period early = new Period(Instant.parse("2026-11-28T15:28:00Z"), Instant.parse("2026-11-28T15:28:10Z"));
        int[] changed = new int[1];
        try (Cells cells = cells(SERVER.url("nova_cell1"), SERVER.url("nova_cell2"))) {
            CellInventory inventory = new CellInventory(
                    cells, SERVERS, OwnVersions.none(), Duration.ofDays(40), count -> changed[0] += count);
            Map<String, InstanceVersion> lived = new TreeMap<>();
            for (int share = 0; share < HostShare.COUNT; share++) {
                inventory.window(early, share, early.end()).instances().forEach(one -> lived.put(one.id(), one));
            }
            assertThat(lived).containsKey("in-the-second-cell");
            InstanceVersion ended = Optional.ofNullable(lived.get("12562b2b-19a1-414b-add8-654e33f5b427"))
                    .orElseThrow();
            assertThat(ended.terminated()).isNull();
            assertThat(ended.fields())
                    .containsEntry("state", null)
                    .containsEntry("deleted_at", "")
                    .containsEntry("progress", "")
                    .containsEntry("hostname", "c5-1527-11")
                    .containsEntry("metadata", Map.of("metering.stack", "c5-2", "owner", "lab"));
            assertThat(changed[0]).isPositive();
        }
    }

    /** What changed since the end of the period is known no further than whoever has versions is. */
    @Test
    void whileTheInventoryOfVersionsIsBehind_soIsTheAnswer() throws AuditException {
        Period early = new Period(Instant.parse("2026-11-28T15:28:00Z"), Instant.parse("2026-11-28T15:28:10Z"));
        Inventory own = new Inventory() {
            @Override
            public Inventory.Place place(Instant needed) {
                return new Inventory.Place("the ledger", Instant.EPOCH, early.end());
            }

            @Override
            public Inventory.Window window(Period period, int share, Instant needed) {
                return new Inventory.Window(place(needed), List.of());
            }
        };
        try (Cells cells = cells(SERVER.url("nova_cell1"), SERVER.url("nova_cell2"))) {
            OwnVersions versions = new OwnVersions(own, Ticker.system(), Duration.ofHours(1));
            CellInventory inventory = new CellInventory(cells, SERVERS, versions, Duration.ofDays(40), _ -> {});
            List<Inventory.Window> windows = new ArrayList<>();
            for (int share = 0; share < HostShare.COUNT; share++) {
                windows.add(inventory.window(early, share, early.end().plusSeconds(60)));
            }
            assertThat(windows)
                    .filteredOn(window -> early.end().equals(window.place().watermark()))
                    .isNotEmpty()
                    .allSatisfy(window -> {
                        assertThat(window.place().source()).startsWith("the ledger, for what changed in cell one");
                        assertThat(window.instances()).isEmpty();
                    });
        }
    }

    @Test
    void aCellThatIsDown_failsTheAudit() {
        String away = "mariadb://reader@127.0.0.1:1/nova_cell3?sslMode=disable";
        try (Cells cells = cells(SERVER.url("nova_cell1"), away)) {
            CellInventory inventory =
                    new CellInventory(cells, SERVERS, OwnVersions.none(), Duration.ofDays(40), _ -> {});
            assertThatThrownBy(() -> inventory.window(AFTERNOON, 0, AFTERNOON.end()))
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("the cell database two");
        }
    }
}
