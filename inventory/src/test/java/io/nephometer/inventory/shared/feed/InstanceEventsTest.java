// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nephometer.inventory.shared.feed.RecordedEvents.Event;
import io.nephometer.inventory.shared.record.Observation;
import io.nephometer.inventory.shared.record.ServerField;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceEventsTest {
    private static List<Server> told(String id, boolean versioned) {
        return RecordedEvents.of(id, versioned).stream()
                .map(Event::told)
                .flatMap(Optional::stream)
                .map(InstanceEvent::observation)
                .filter(Observation.Event.class::isInstance)
                .map(told -> ((Observation.Event) told).server())
                .toList();
    }

    private static @Nullable String flavorId(Server server) {
        Flavor flavor = server.flavor();
        return flavor == null ? server.flavorId() : flavor.id();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInstanceThatMigratesLiveIsAtItsDestinationWhateverTheSourceSaysAfterwards(boolean versioned) {
        List<Server> told = told(RecordedEvents.LIVE_MIGRATED, versioned);
        assertEquals(
                Arrays.asList(null, "compute-2", "compute-3"),
                told.stream().map(Server::host).distinct().toList());
        Event last = RecordedEvents.of(RecordedEvents.LIVE_MIGRATED, versioned).getLast();
        assertTrue(last.type().contains("post.end"), "the trap is in the recording: " + last.type());
        assertEquals(
                "compute-2",
                Payload.ofVersioned(last.payload())
                        .or(() -> Payload.of(last.payload()))
                        .orElseThrow()
                        .text("host"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aResizeThatIsRevertedEndsOnItsFirstHostWithItsFirstFlavor(boolean versioned) {
        List<Server> told = told(RecordedEvents.RESIZED_AND_REVERTED, versioned);
        assertTrue(told.stream().anyMatch(server -> "compute-2".equals(server.host()) && "3".equals(flavorId(server))));
        assertTrue(told.stream().anyMatch(server -> server.status().equals("REVERT_RESIZE")));
        assertEquals("compute-3", told.getLast().host());
        assertEquals(flavorId(told.getFirst()), flavorId(told.getLast()));
        assertEquals("ACTIVE", told.getLast().status());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsOffloadedIsNowhereUntilItIsUnshelved(boolean versioned) {
        List<Server> told = told(RecordedEvents.OFFLOADED, versioned);
        Server offloaded = told.stream()
                .filter(server -> server.status().equals("SHELVED_OFFLOADED") && server.host() == null)
                .findFirst()
                .orElseThrow();
        assertNull(offloaded.hostId());
        assertEquals("compute-1", told.getLast().host());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNewNameAndMetadataThatAreSetAndTakenAwayAreTold(boolean versioned) {
        List<Server> told = told(RecordedEvents.RENAMED_AND_TAGGED, versioned);
        List<Set<String>> keys = told.stream()
                .map(server -> (Set<String>) new TreeSet<>(server.metadata().keySet()))
                .distinct()
                .toList();
        assertEquals(
                List.of(
                        Set.of("metering.stack", "metering.team", "note", "owner"),
                        Set.of("metering.added", "metering.stack", "metering.team", "note", "owner", "x"),
                        Set.of("metering.added", "metering.stack", "metering.team", "note", "x")),
                keys);
        assertEquals("server 25 é中", told.getLast().metadata().get("note"));
        assertEquals("renamed-012723", told.getLast().name());
    }

    @Test
    void tagsAreToldByVersionedCreationsAndUpdatesAlone() {
        List<List<String>> tags = RecordedEvents.of(RecordedEvents.RENAMED_AND_TAGGED, true).stream()
                .map(Event::told)
                .flatMap(Optional::stream)
                .map(told -> (Observation.Event) told.observation())
                .filter(told -> told.tells().contains(ServerField.TAGS))
                .map(told -> told.server().tags())
                .toList();
        assertEquals(List.of(List.of(), List.of("tag1"), List.of()), tags.subList(tags.size() - 3, tags.size()));
        assertTrue(RecordedEvents.of(RecordedEvents.RENAMED_AND_TAGGED, false).stream()
                .map(Event::told)
                .flatMap(Optional::stream)
                .noneMatch(
                        told -> ((Observation.Event) told.observation()).tells().contains(ServerField.TAGS)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeletionIsToldByTheStateAndByItsOwnEvent(boolean versioned) {
        List<InstanceEvent> told = RecordedEvents.of(RecordedEvents.DELETED, versioned).stream()
                .map(Event::told)
                .flatMap(Optional::stream)
                .toList();
        assertEquals(
                List.of(EventKind.DELETE, EventKind.DELETE),
                told.subList(told.size() - 2, told.size()).stream()
                        .map(InstanceEvent::kind)
                        .toList());
        assertInstanceOf(Observation.Deletion.class, told.getLast().observation());
        assertInstanceOf(Observation.Event.class, told.get(told.size() - 3).observation());
    }

    /** The cloud that was recorded calls hypervisors and guests so. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bothFormatsTellTheHypervisorAndTheNameOfTheGuest(boolean versioned) {
        Server last = told(RecordedEvents.LIVE_MIGRATED, versioned).getLast();
        assertEquals(last.host(), last.node());
        assertEquals(last.name(), last.hostname());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatLacksTheHypervisorOrTheNameOfTheGuestDoesNotTellThatThereIsNone(boolean versioned) {
        Map<String, String> values = Map.of("uuid", "x", "instance_id", "x", "state", "active", "host", "compute-1");
        Observation.Event told = (Observation.Event) InstanceEvents.read(
                        versioned ? "instance.update" : "compute.instance.update",
                        Instant.parse("2026-11-22T01:00:00Z"),
                        versioned ? Map.of("nova_object.data", values) : values)
                .orElseThrow()
                .observation();
        assertFalse(told.tells().contains(ServerField.NODE));
        assertFalse(told.tells().contains(ServerField.HOSTNAME));
        assertTrue(told.tells().contains(ServerField.HOST));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBuildThatFailedIsOnNoHost(boolean versioned) {
        Server last = told(RecordedEvents.NOT_BUILT, versioned).getLast();
        assertNull(last.host());
        assertEquals("ERROR", last.status());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatBootsFromAVolumeHasNoImage(boolean versioned) {
        assertTrue(told(RecordedEvents.OF_VOLUME, versioned).stream().allMatch(server -> server.imageId() == null));
        assertFalse(told(RecordedEvents.OF_VOLUME, versioned).isEmpty());
    }

    @Test
    void typesThatTellNothingNewOrNothingRightAreLeftAlone() {
        Set<String> untold = RecordedEvents.all().stream()
                .map(Event::type)
                .filter(type -> !InstanceEvents.areTold(type))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(untold.containsAll(Set.of(
                "compute.instance.create.error", "instance.live_migration_post.end", "compute.instance.exists")));
        assertEquals(
                Set.of(),
                untold.stream()
                        .filter(type -> type.endsWith(".end"))
                        .filter(type -> !type.contains("live_migration") && !type.contains("shutdown"))
                        .filter(type -> !type.contains("resize.prep") && !type.contains("resize_prep"))
                        .filter(type -> !type.contains("volume") && !type.contains("interface"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void whatIsNoInstanceEventOrHasNoUsablePayloadTellsNothing() {
        Instant at = Instant.parse("2026-11-22T01:00:00Z");
        assertTrue(InstanceEvents.read("image.update", at, Map.of("id", "x")).isEmpty());
        assertTrue(InstanceEvents.read("compute.instance.update", at, null).isEmpty());
        assertTrue(InstanceEvents.read("compute.instance.update", at, Map.of("instance_id", "x"))
                .isEmpty());
        assertTrue(InstanceEvents.read("instance.update", at, Map.of("uuid", "x", "state", "active"))
                .isEmpty());
        InstanceEvent told = InstanceEvents.read(
                        "compute.instance.update",
                        at,
                        Map.of("instance_id", "x", "state", "active", "launched_at", "yesterday"))
                .orElseThrow();
        assertNull(((Observation.Event) told.observation()).server().launched());
        assertEquals(EventKind.UPDATE, told.kind());
    }

    @Test
    void aVersionedEventTellsTheWholeFlavorAndALegacyOneItsId() {
        Server versioned = told(RecordedEvents.LIVE_MIGRATED, true).getLast();
        Server legacy = told(RecordedEvents.LIVE_MIGRATED, false).getLast();
        Flavor flavor = versioned.flavor();
        assertEquals(legacy.flavorId(), flavor == null ? null : flavor.id());
        assertEquals(4, flavor == null ? 0 : flavor.vcpus());
        assertNull(legacy.flavor());
        assertEquals(1, versioned.powerState());
    }
}
