// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.inventory.shared.record.Knowledge;
import io.nephometer.inventory.shared.record.RefreshRecordBody;
import io.nephometer.inventory.shared.refresh.GlobalRefresher;
import io.nephometer.inventory.shared.refresh.ReadingWitness;
import io.nephometer.inventory.shared.refresh.RefresherOptions;
import io.nephometer.inventory.shared.refresh.Turn;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.api.ServiceType;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.Secret;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.testkit.cells.RecordedCell;
import io.nephometer.testkit.servers.PrivateMariaDb;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shared cache, filled from two cell databases, while Nova's API is there and nobody asks it. About 10 s. */
@Tag("server")
class CellRefresherTest {
    private static final String WEB = "6c6f65c9-8f34-4e67-ba18-47ab2b228031";
    private static final String SECOND = "in-the-second-cell";

    private final PrivateMariaDb one = new PrivateMariaDb();
    private final PrivateMariaDb two = new PrivateMariaDb();
    private final SimulatedClock clock = new SimulatedClock(WallClock.system().instant());
    private final Instant start = clock.instant();
    private final Ticker ticker = () -> Duration.between(start, clock.instant()).toNanos();
    private final List<ServiceType> asked = new CopyOnWriteArrayList<>();
    private final InProcessSharedCache cache = new InProcessSharedCache(clock);

    @BeforeEach
    void startServers() {
        one.start();
        one.createDatabase("nova_cell1");
        RecordedCell.fill(one, "nova_cell1");
        two.start();
        two.createDatabase("nova_cell2");
        RecordedCell.makeTables(two, "nova_cell2");
        two.sql(
                "nova_cell2",
                "INSERT INTO instances (id, uuid, project_id, user_id, host, vm_state, created_at, updated_at, launched_at, deleted,"
                        + " image_ref) VALUES (1, '" + SECOND + "', 'p', 'u', 'h', 'active', '2026-11-28 10:00:00',"
                        + " '2026-11-28 10:00:05', '2026-11-28 10:00:05', 0, '');"
                        + "INSERT INTO instance_extra (instance_uuid, deleted, flavor) VALUES ('" + SECOND
                        + "', 0, '{\"cur\": {\"nova_object.data\": {\"name\": \"f\", \"flavorid\": \"1\", \"vcpus\": 1, \"memory_mb\":"
                        + " 1, \"root_gb\": 1, \"ephemeral_gb\": 0, \"swap\": 0, \"extra_specs\": {}}}}')");
    }

    @AfterEach
    void endServers() {
        one.close();
        two.close();
        cache.close();
    }

    private OpenStackCloud client(SimulatedCloud cloud) throws Exception {
        Named domain = Named.name("Default");
        CloudAccess access = new CloudAccess(
                URI.create(cloud.authUrl()),
                new Credentials.Password(Named.name("admin"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("admin"), domain),
                "RegionOne",
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
        ApiTime time = new ApiTime(clock, ticker, _ -> {}, (_, _) -> () -> {}, new Random(1));
        return OpenStackCloud.of(access, ApiSettings.defaults(), time, call -> asked.add(call.service()));
    }

    private Server known(String id) throws Exception {
        return Knowledge.of(cache.instances(List.of(id)).get(id)) instanceof Knowledge.Here(var instance)
                ? instance.server()
                : new Server(
                        id,
                        null,
                        "not there",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of(),
                        List.of());
    }

    private void runUntilRefreshed(GlobalRefresher refresher) {
        clock.advance(Duration.ofMinutes(2));
        Turn turn = refresher.run();
        for (int i = 0; i < 20 && turn.state() == Turn.State.READING; i++) {
            clock.advance(Duration.ofSeconds(5));
            turn = refresher.run();
        }
        assertThat(turn.state()).as(turn.detail()).isEqualTo(Turn.State.REFRESHED);
    }

    private Cells cells() {
        return Cells.of(
                CellsConfigs.of(one.url("nova_cell1"), two.url("nova_cell2")),
                WallClock.system(),
                Ticker.system(),
                _ -> RouterObserver.NONE);
    }

    private SimulatedCloud cloud() throws IOException {
        return new SimulatedCloud(SimulatedCloudOptions.of(clock, 1, 1).withRates(LifeRates.none()), clock::advance);
    }

    private GlobalRefresher refresher(OpenStackCloud client, Cells cells) {
        return new GlobalRefresher(
                "test",
                cache,
                client.nova(),
                new CellLists(cells, new CellServers("instance-%08x")),
                client.glance(),
                RefresherOptions.DEFAULTS,
                ticker,
                (_, _) -> () -> {},
                ReadingWitness.NONE);
    }

    /** Nobody knows of what is in it, so that no list of changes would bring it. */
    @Test
    void aCellThatIsAwayWhenTheCacheIsFilled_isReadWholeSoonAfterItIsBack() throws Exception {
        two.stop();
        try (SimulatedCloud cloud = cloud();
                Cells cells = cells()) {
            cloud.start();
            try (OpenStackCloud client = client(cloud);
                    GlobalRefresher refresher = refresher(client, cells)) {
                runUntilRefreshed(refresher);
                assertThat(known(WEB).status()).isEqualTo("ACTIVE");
                assertThat(known(SECOND).status()).isEqualTo("not there");
                assertThat(RefreshRecordBody.read(
                                        Objects.requireNonNull(cache.head().refreshRecord()))
                                .detail())
                        .startsWith("nothing was read of cell two");

                two.start();
                Instant back = clock.instant();
                while (known(SECOND).status().equals("not there")) {
                    assertThat(clock.instant()).isBefore(back.plus(Duration.ofHours(2)));
                    clock.advance(Duration.ofMinutes(1));
                    refresher.run();
                }
                assertThat(known(SECOND).status()).isEqualTo("ACTIVE");
            }
        }
    }

    @Test
    void aListOfEverything_knowsToItsEndWhatItLeftOut() throws Exception {
        two.stop();
        try (Cells cells = cells()) {
            CellLists lists = new CellLists(cells, new CellServers("instance-%08x"));
            List<Server> page = new ArrayList<>();
            ServerQuery all = ServerQuery.all().inPagesOf(4);
            boolean more = lists.page(all, Reason.METADATA_FULL, page::add).more();
            two.start();
            for (int i = 1; i < 20; i++) {
                lists.page(ServerQuery.all().changedSince(start.minusSeconds(i)), Reason.METADATA_DELTA, _ -> {});
            }
            assertThat(lists.hadAllChanges()).isTrue();
            while (more) {
                more = lists.page(all.after(page.getLast().id()), Reason.METADATA_FULL, page::add)
                        .more();
            }
            assertThat(page).extracting(Server::id).doesNotContain(SECOND);
            assertThat(lists.leftOut()).containsExactly("cell two");
        }
    }

    @Test
    void theCacheIsFilledAndKept_withoutARequestToNova_andACellThatIsAwayEmptiesNothing() throws Exception {
        try (SimulatedCloud cloud = cloud();
                Cells cells = cells()) {
            cloud.start();
            try (OpenStackCloud client = client(cloud);
                    GlobalRefresher refresher = refresher(client, cells)) {
                runUntilRefreshed(refresher);
                assertThat(known(WEB).metadata()).containsEntry("size", "ümlaut");
                assertThat(known(SECOND).status()).isEqualTo("ACTIVE");

                one.sql(
                        "nova_cell1",
                        "UPDATE instances SET vm_state = 'stopped', updated_at = utc_timestamp() WHERE uuid = '" + WEB
                                + "'");
                runUntilRefreshed(refresher);
                assertThat(known(WEB).status()).isEqualTo("SHUTOFF");

                two.stop();
                one.sql(
                        "nova_cell1",
                        "UPDATE instances SET vm_state = 'active', updated_at = utc_timestamp() WHERE uuid = '" + WEB
                                + "'");
                runUntilRefreshed(refresher);
                assertThat(known(WEB).status()).as("the other cell goes on").isEqualTo("ACTIVE");
                assertThat(known(SECOND).status()).as("nothing is emptied").isEqualTo("ACTIVE");

                two.start();
                two.sql(
                        "nova_cell2",
                        "UPDATE instances SET vm_state = 'deleted', deleted = id, deleted_at = utc_timestamp(), terminated_at ="
                                + " utc_timestamp(), updated_at = utc_timestamp()");
                runUntilRefreshed(refresher);
                assertThat(known(SECOND).status()).as("what ended is gone").isEqualTo("not there");
                assertThat(refresher.report().requests().listings()).isZero();
                assertThat(asked).contains(ServiceType.IMAGE).doesNotContain(ServiceType.COMPUTE);
            }
        }
    }
}
