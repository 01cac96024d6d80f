// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephometer.openstack.RecordedCloud;
import io.nephometer.openstack.Recording;
import io.nephometer.openstack.TestHttpServer.Request;
import io.nephometer.openstack.TestTime;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.api.ServiceTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against what a real Nova answered. */
class NovaRecordedTest {
    private static final Instant CHANGE = Instant.parse("2026-11-22T02:16:52Z");
    private static final String GONE = "2c1954cd-91aa-4d14-ac19-0bba5f2ccef8";
    private static final ServiceTime LOCAL = new ServiceTime(TestTime.START, false);

    static Stream<Arguments> listings() {
        ServerQuery all = ServerQuery.all();
        ServerQuery changed = all.changedSince(CHANGE);
        return Stream.of(
                arguments("servers-detail-all-2.1", all.inPagesOf(50)),
                arguments("servers-detail-all-2.47", all.inPagesOf(50)),
                arguments("servers-detail-all-latest", all.inPagesOf(50)),
                arguments(
                        "servers-host-compute-3-2.1",
                        ServerQuery.ofHost("compute-3").inPagesOf(20)),
                arguments(
                        "servers-host-compute-3-latest",
                        ServerQuery.ofHost("compute-3").inPagesOf(20)),
                arguments("servers-host-libvirt", ServerQuery.ofHost("compute-libvirt")),
                arguments("servers-host-unknown", ServerQuery.ofHost("no-such-host")),
                arguments("servers-deleted", all.deleted(true).inPagesOf(20)),
                arguments("servers-status-error", all.withStatus("ERROR").inPagesOf(20)),
                arguments("servers-as-member-own", all.ofOwnProject().inPagesOf(5)),
                arguments("changes-since-few", changed),
                arguments("changes-since-few", all.changedSince(CHANGE.plusMillis(999))),
                arguments("changes-since-few-2.1", changed),
                arguments("changes-since-none", all.changedSince(Instant.parse("2026-11-22T02:17:04Z"))),
                arguments("changes-since-host", changed.onHost("compute-3")),
                arguments("changes-since-deleted-false", changed.deleted(false)),
                arguments("changes-since-page-1", changed.inPagesOf(2)),
                arguments("changes-before", all.changedBefore(CHANGE).inPagesOf(5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("listings")
    void readsEveryFieldOfEveryServer(String name, ServerQuery query) throws Exception {
        List<Server> expected = Recording.of(name).list("servers").stream()
                .map(ExpectedNova::server)
                .toList();
        List<Server> servers = new ArrayList<>();
        try (RecordedCloud cloud = new RecordedCloud(name)) {
            Listing listing = cloud.client().nova().servers(query, Reason.METADATA_DELTA, servers::add);
            assertThat(servers).isEqualTo(expected);
            boolean linked = Recording.of(name).json().containsKey("servers_links");
            assertThat(listing).isEqualTo(new Listing(expected.size(), linked ? 2 : 1, LOCAL, 0));
        }
    }

    @Test
    void followsThePagesToTheEmptyOne() throws Exception {
        List<Server> expected = Stream.of("servers-page-1", "servers-page-2")
                .flatMap(name -> Recording.of(name).list("servers").stream())
                .map(ExpectedNova::server)
                .toList();
        List<Server> servers = new ArrayList<>();
        try (RecordedCloud cloud = new RecordedCloud("servers-page-1", "servers-page-2")) {
            Listing listing =
                    cloud.client().nova().servers(ServerQuery.all().inPagesOf(20), Reason.METADATA_FULL, servers::add);
            assertThat(servers).hasSize(40).isEqualTo(expected);
            assertThat(listing).isEqualTo(new Listing(40, 3, LOCAL, 0));
            assertThat(cloud.requests().stream().map(Request::query).map(query -> query.get("marker")))
                    .containsExactly(
                            null, expected.get(19).id(), expected.get(39).id());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"server-get-2.1", "server-get-latest"})
    void readsOneServer(String name) throws Exception {
        try (RecordedCloud cloud = new RecordedCloud(name)) {
            assertThat(cloud.client().nova().server(GONE, Reason.SERVER))
                    .contains(ExpectedNova.server(Recording.of(name).object("server")));
        }
    }

    @Test
    void aDeletedServerIsNone() throws Exception {
        try (RecordedCloud cloud = new RecordedCloud("server-get-deleted-404")) {
            assertThat(cloud.client().nova().server(GONE, Reason.SERVER)).isEmpty();
            assertThat(cloud.calls().getLast().outcome()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flavor-get-2.1 1", "flavor-get-latest 094e9e0d-7b97-47c7-9d73-a0a533c573b5"})
    void readsOneFlavor(String nameAndId) throws Exception {
        String[] parts = nameAndId.split(" ", 2);
        Map<String, Object> json = Recording.of(parts[0]).object("flavor");
        try (RecordedCloud cloud = new RecordedCloud(parts[0])) {
            NovaClient nova = cloud.client().nova();
            assertThat(nova.flavor(parts[1], Reason.FLAVOR)).contains(ExpectedNova.flavor(json));
            assertThat(nova.tellsExtraSpecs()).isEqualTo(json.containsKey("extra_specs"));
        }
    }

    @Test
    void anUnknownFlavorIsNone() throws Exception {
        try (RecordedCloud cloud = new RecordedCloud("flavor-get-missing-404")) {
            assertThat(cloud.client().nova().flavor("no-such", Reason.FLAVOR)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flavors-detail-all-2.1", "flavors-detail-all-latest"})
    void readsEveryFlavor(String name) throws Exception {
        List<Flavor> flavors = new ArrayList<>();
        try (RecordedCloud cloud = new RecordedCloud(name)) {
            cloud.client().nova().flavors(Reason.FLAVOR, flavors::add);
        }
        assertThat(flavors)
                .hasSizeGreaterThan(5)
                .isEqualTo(Recording.of(name).list("flavors").stream()
                        .map(ExpectedNova::flavor)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"os-hypervisors-detail-2.1", "os-hypervisors-detail-2.87"})
    void readsEveryHypervisor(String name) throws Exception {
        List<Hypervisor> hypervisors = new ArrayList<>();
        try (RecordedCloud cloud = new RecordedCloud(name)) {
            cloud.client().nova().hypervisors(Reason.HYPERVISOR, hypervisors::add);
        }
        assertThat(hypervisors)
                .hasSize(4)
                .isEqualTo(Recording.of(name).list("hypervisors").stream()
                        .map(ExpectedNova::hypervisor)
                        .toList());
    }

    @Test
    void asksForHypervisorsWithTheLastMicroversionThatTellsTheirCapacity() throws Exception {
        List<Hypervisor> hypervisors = new ArrayList<>();
        try (RecordedCloud cloud = new RecordedCloud("os-hypervisors-detail-2.87").speaking("2.93")) {
            cloud.client().nova().hypervisors(Reason.HYPERVISOR, hypervisors::add);
        }
        assertThat(hypervisors).extracting(Hypervisor::vcpus).doesNotContainNull();
    }
}
