// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.openstack.nova.Microversion;
import io.nephometer.openstack.nova.Server;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read as it was. */
class BodyTest {
    private static final Instant NOON = Specimens.NOON;
    private static final CachedInstance FULL = new CachedInstance(
            Specimens.full(),
            NOON,
            NOON.plusSeconds(5),
            Teller.EVENT,
            List.of(
                    new Earlier(Specimens.full().withFlavor(Specimens.LARGE), NOON.minusSeconds(80)),
                    new Earlier(Specimens.running(NOON.minusSeconds(60), "before"), NOON.minusSeconds(60))),
            NOON.plusSeconds(9));

    @Test
    void everyFieldOfAServer_comesBack() throws Exception {
        for (RecordComponent field : Server.class.getRecordComponents()) {
            assertThat(field.getAccessor().invoke(FULL.server()))
                    .as("the specimen has a value of " + field.getName())
                    .isNotNull();
        }
        assertThat(InstanceBody.read(InstanceBody.write(FULL))).isEqualTo(FULL);
    }

    @Test
    void instanceOfWhichLittleIsKnown_comesBack() throws BodyException {
        CachedInstance bare = CachedInstance.first(Specimens.bare("BUILD"), NOON, NOON, Teller.API);
        assertThat(InstanceBody.read(InstanceBody.write(bare))).isEqualTo(bare);
    }

    @Test
    void instance_isAboutOneKilobyte() {
        CachedInstance usual =
                CachedInstance.first(Specimens.running(NOON, "web-0815"), NOON, NOON.plusSeconds(5), Teller.API);
        assertThat(InstanceBody.write(usual).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-0815", "ウェブサーバーはちいちご", "ΟΔΥΣΣΕΥΣ"})
    void statesOfAnInstance_takeLittle_andTheLatestOfThemStay(String name) throws BodyException {
        List<Earlier> states = IntStream.range(0, CachedInstance.MOST)
                .mapToObj(i ->
                        new Earlier(Specimens.running(NOON.plusSeconds(i), name.repeat(3) + i), NOON.plusSeconds(i)))
                .toList();
        CachedInstance changed = new CachedInstance(
                Specimens.running(NOON.plusSeconds(99), "web-0815"),
                NOON.plusSeconds(99),
                NOON.plusSeconds(100),
                Teller.API,
                states,
                null);
        String body = InstanceBody.write(changed);
        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(2048);
        List<Earlier> kept = InstanceBody.read(body).earlier();
        assertThat(kept).hasSizeGreaterThan(4).isEqualTo(states.subList(states.size() - kept.size(), states.size()));
    }

    @Test
    void latestStateOfAnInstance_isKept_howeverMuchItTakes() throws BodyException {
        Server large = ServerField.overlay(
                Specimens.running(NOON, "large"), Specimens.full(), EnumSet.of(ServerField.METADATA));
        Server huge = new Server(
                large.id(),
                "n".repeat(5000),
                "ACTIVE",
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
        CachedInstance changed = new CachedInstance(
                large,
                NOON,
                NOON,
                Teller.API,
                List.of(
                        new Earlier(huge, NOON.minusSeconds(9)),
                        new Earlier(huge.withFlavor(null), NOON.minusSeconds(5))),
                null);
        assertThat(InstanceBody.read(InstanceBody.write(changed))).isEqualTo(changed);
    }

    @Test
    void stateThatAnOlderProgramWrote_isRead() throws BodyException {
        CachedInstance now = CachedInstance.first(Specimens.running(NOON, "now"), NOON, NOON, Teller.API);
        String before = InstanceBody.write(
                CachedInstance.first(Specimens.running(NOON.minusSeconds(9), "before"), NOON, NOON, Teller.API));
        String older = InstanceBody.write(now)
                .replaceFirst(
                        "\\}$",
                        ",\"ea\":{\"i\":" + before.substring(5, before.indexOf(",\"ch\":"))
                                + ",\"ch\":\"2026-11-28T11:59:51Z\"}}");
        CachedInstance read = InstanceBody.read(older);
        assertThat(read.server()).isEqualTo(now.server());
        assertThat(read.earlier())
                .containsExactly(new Earlier(Specimens.running(NOON.minusSeconds(9), "before"), NOON.minusSeconds(9)));
    }

    @Test
    void bodyOfAProgramThatDidNotKnowNodes_isRead() throws BodyException {
        CachedInstance now = CachedInstance.first(Specimens.running(NOON, "now"), NOON, NOON, Teller.API);
        String older = InstanceBody.write(now).replace(",\"no\":\"node-1.example.org\",\"hn\":\"name-quoted\"", "");
        Server read = InstanceBody.read(older).server();
        assertThat(read.node()).isNull();
        assertThat(read.hostname()).isNull();
        assertThat(ServerField.overlay(read, now.server(), EnumSet.of(ServerField.NODE, ServerField.HOSTNAME)))
                .isEqualTo(now.server());
    }

    /** There are fifty thousand of them. */
    @Test
    void hypervisorThatIsCalledAsItsHost_andGuestAsItsInstance_takeLittle() throws BodyException {
        Server called = Specimens.running(NOON, "web-0815");
        Server plain = named(called, null, null);
        Server same = named(called, called.host(), called.name());
        assertThat(InstanceBody.read(body(same)).server()).isEqualTo(same);
        assertThat(InstanceBody.read(body(plain)).server()).isEqualTo(plain);
        assertThat(body(same)).hasSize(body(plain).length() + 20);
    }

    private static String body(Server server) {
        return InstanceBody.write(CachedInstance.first(server, NOON, NOON, Teller.API));
    }

    private static Server named(Server server, @Nullable String node, @Nullable String hostname) {
        return new Server(
                server.id(),
                server.name(),
                server.status(),
                server.projectId(),
                server.userId(),
                server.hostId(),
                server.host(),
                node,
                hostname,
                server.instanceName(),
                server.imageId(),
                server.flavorId(),
                server.flavor(),
                server.vmState(),
                server.taskState(),
                server.powerState(),
                server.availabilityZone(),
                server.reservationId(),
                server.kernelId(),
                server.ramdiskId(),
                server.created(),
                server.updated(),
                server.launched(),
                server.terminated(),
                server.metadata(),
                server.tags());
    }

    @Test
    void fieldsOfANewerProgram_doNotMatter() throws BodyException {
        String newer = InstanceBody.write(FULL)
                .replaceFirst("\\{", "{\"new\":{\"deep\":[1]},")
                .replaceFirst("\"i\":\\{", "\"i\":{\"other\":null,");
        assertThat(InstanceBody.read(newer)).isEqualTo(FULL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "{}",
                "{\"i\":[]}",
                "{\"i\":{\"id\":\"x\"},\"ch\":\"2026-11-28T12:00:00Z\",\"to\":\"2026-11-28T12:00:00Z\",\"by\":\"API\"}",
                "{\"i\":{\"id\":\"x\",\"s\":\"A\",\"no\":7},\"ch\":\"2026-11-28T12:00:00Z\",\"to\":\"2026-11-28T12:00:00Z\",\"by\":\"API\"}",
                "{\"i\":{\"id\":7,\"s\":\"ACTIVE\"},\"ch\":\"x\",\"to\":\"x\",\"by\":\"API\"}",
                "{\"i\":{\"id\":\"x\",\"s\":\"ACTIVE\"},\"ch\":\"noon\",\"to\":\"2026-11-28T12:00:00Z\",\"by\":\"API\"}",
                "{\"i\":{\"id\":\"x\",\"s\":\"A\"},\"ch\":\"2026-11-28T12:00:00Z\",\"to\":\"2026-11-28T12:00:00Z\",\"by\":\"HIM\"}",
                "{\"i\":{\"id\":\"x\",\"s\":\"A\",\"ps\":4294967296},\"ch\":\"2026-11-28T12:00:00Z\",\"to\":\"2026-11-28T12:00:00Z\",\"by\":\"API\"}"
            })
    void garbage_isRefusedByName(String body) {
        assertThatThrownBy(() -> InstanceBody.read(body))
                .isInstanceOf(BodyException.class)
                .hasMessageStartingWith("instance");
    }

    @Test
    void garbage_saysWhere() {
        assertThatThrownBy(() -> InstanceBody.read("{\"i\":{\"id\":\"x\"}}")).hasMessage("instance.i.s is missing");
    }

    @Test
    void flavor_comesBack() throws BodyException {
        var told = new Told<>(Optional.of(Specimens.SMALL.withId("7")), NOON);
        assertThat(FlavorBody.read(FlavorBody.write(told))).isEqualTo(told);
    }

    @Test
    void image_comesBack() throws BodyException {
        var told = new Told<>(Optional.of(Specimens.IMAGE), NOON);
        assertThat(ImageBody.read(ImageBody.write(told))).isEqualTo(told);
    }

    @Test
    void absenceOfAnImage_comesBack() throws BodyException {
        Told<io.nephometer.openstack.glance.Image> none = new Told<>(Optional.empty(), NOON);
        assertThat(ImageBody.read(ImageBody.write(none))).isEqualTo(none);
    }

    @Test
    void recordOfARefresh_comesBack() throws BodyException {
        RefreshRecord record = new RefreshRecord(
                "central-1",
                Refresh.Kind.FULL,
                Refresh.Outcome.UNCONFIRMED,
                "detail",
                NOON,
                Duration.ofMillis(1234),
                new Refresh.Requests(51, 2, 1, 3),
                new RefreshRecord.Found(5, 6, Map.of(Change.MOVED, 2L, Change.DELETED, 1L), 7, 8),
                new RefreshRecord.Complete(NOON.minusSeconds(1), true, NOON),
                new RefreshRecord.Wholes(NOON.plusSeconds(86_400), "a reason", NOON, NOON.minusSeconds(9)),
                new RefreshRecord.Cells(NOON, NOON.minusSeconds(700), NOON.minusSeconds(60), 250, "which"),
                4,
                new Microversion(2, 93));
        assertThat(RefreshRecordBody.read(RefreshRecordBody.write(record))).isEqualTo(record);
        assertThat(record.age(NOON.plusSeconds(60))).contains(Duration.ofSeconds(60));
        assertThat(RefreshRecordBody.read(RefreshRecordBody.write(record).replace("2.93", "garbage"))
                        .microversion())
                .isNull();
    }

    @Test
    void recordOfAFirstRefreshThatFailed_comesBack() throws BodyException {
        RefreshRecord record = new RefreshRecord(
                "central-1",
                Refresh.Kind.FULL,
                Refresh.Outcome.FAILED,
                "",
                NOON,
                Duration.ZERO,
                Refresh.Requests.NONE,
                RefreshRecord.Found.NOTHING,
                null,
                new RefreshRecord.Wholes(NOON, null, null, null),
                null,
                1,
                null);
        assertThat(RefreshRecordBody.read(RefreshRecordBody.write(record))).isEqualTo(record);
        assertThat(record.age(NOON)).isEmpty();
    }
}
