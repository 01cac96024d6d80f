// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.HostView;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.inventory.shared.record.BodyException;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.openstack.nova.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feed before a real cache of this process: what a real Nova said, in every order. */
class NotificationFeedTest {
    private static final Instant START = Instant.parse("2026-11-22T01:28:00Z");

    private final SharedCache cache = new InProcessSharedCache(() -> START);
    private final FeedTally tally = new FeedTally();
    private final NotificationFeed feed = new NotificationFeed(cache, FeedOptions.defaults(), () -> 0, tally);

    private RefresherSeat seat;

    @BeforeEach
    void fill() throws Exception {
        seat = cache.takeSeat("test", Duration.ofMinutes(1)).orElseThrow();
        seat.stage();
        seat.takeTouched();
        assertTrue(seat.show("{}", 0));
    }

    private static List<InstanceEvent> of(String id, boolean versioned) {
        return RecordedEvents.of(id, versioned).stream()
                .flatMap(event -> event.told().stream())
                .toList();
    }

    private @Nullable CachedInstance known(String prefix) throws Exception {
        String id = RecordedEvents.all().stream()
                .map(RecordedEvents.Event::instance)
                .filter(one -> one.startsWith(prefix))
                .findFirst()
                .orElseThrow();
        return cache.instances(List.of(id)).get(id) instanceof KnownInstance.Held(Entry entry) ? read(entry) : null;
    }

    private static CachedInstance read(Entry entry) throws BodyException {
        CachedInstance instance = InstanceBody.read(entry.body());
        assertEquals(
                instance.server().host() == null
                        ? Entry.NOWHERE
                        : instance.server().host(),
                entry.host());
        return instance;
    }

    private Server server(String prefix) throws Exception {
        CachedInstance known = known(prefix);
        if (known == null) {
            throw new AssertionError(prefix + " is not known");
        }
        return known.server();
    }

    @Test
    void tellsAnInstanceFromItsCreationOnThroughAMoveBetweenHosts() throws Exception {
        feed.tell(of(RecordedEvents.LIVE_MIGRATED, true));
        Server server = server(RecordedEvents.LIVE_MIGRATED);
        assertEquals("compute-3", server.host());
        assertEquals(Set.of(server.id()), ids(cache.host("compute-3", null)));
        assertEquals(Set.of(), ids(cache.host("compute-2", null)));
        assertEquals("instance-", String.valueOf(server.instanceName()).substring(0, 9), "told by the creation alone");
        assertEquals(0, tally.count(FeedOutcome.OLDER));
    }

    private static Set<String> ids(HostView view) {
        return view.entries() == null ? Set.of() : view.entries().keySet();
    }

    @Test
    void anyOrderAndAnyNumberOfTimesGivesTheSame() throws Exception {
        feed.tell(of(RecordedEvents.RENAMED_AND_TAGGED, true));
        Server expected = server(RecordedEvents.RENAMED_AND_TAGGED);
        Random random = new Random(11);
        for (int round = 0; round < 20; round++) {
            SharedCache other = new InProcessSharedCache(() -> START);
            RefresherSeat place = other.takeSeat("test", Duration.ofMinutes(1)).orElseThrow();
            place.stage();
            place.takeTouched();
            place.show("{}", 0);
            NotificationFeed shuffled =
                    new NotificationFeed(other, FeedOptions.defaults(), () -> 0, FeedObserver.none());
            List<InstanceEvent> events = new ArrayList<>(of(RecordedEvents.RENAMED_AND_TAGGED, true));
            events.addAll(of(RecordedEvents.RENAMED_AND_TAGGED, true));
            Collections.shuffle(events, random);
            for (InstanceEvent event : events) {
                shuffled.tell(List.of(event));
            }
            Entry entry =
                    other.instances(List.of(expected.id())).get(expected.id()) instanceof KnownInstance.Held(Entry held)
                            ? held
                            : fail("round " + round);
            Server server = read(entry).server();
            assertEquals(essence(expected), essence(server), "round " + round);
        }
    }

    /** All but what only some events tell, which depends on which of them was overtaken. */
    private static Map<String, @Nullable Object> essence(Server server) {
        Map<String, @Nullable Object> essence = new LinkedHashMap<>();
        essence.put("name", server.name());
        essence.put("host", server.host());
        essence.put("status", server.status());
        essence.put("metadata", server.metadata());
        essence.put("flavor", server.flavor());
        essence.put("image", server.imageId());
        return essence;
    }

    @Test
    void whatIsDeletedStaysSoWhateverComesLate() throws Exception {
        List<InstanceEvent> events = of(RecordedEvents.DELETED, false);
        feed.tell(events);
        feed.tell(events.subList(0, events.size() - 2));
        assertNull(known(RecordedEvents.DELETED));
        assertEquals(
                events.size() - 1, tally.count(FeedOutcome.GONE), "the second deletion, and all that is told again");
    }

    @Test
    void whatIsToldWhileTheFirstSetIsFilledIsAskedForAsSoonAsItIsThere() throws Exception {
        SharedCache empty = new InProcessSharedCache(() -> START);
        NotificationFeed early = new NotificationFeed(empty, FeedOptions.defaults(), () -> 0, tally);
        RefresherSeat filler = empty.takeSeat("test", Duration.ofMinutes(1)).orElseThrow();
        long granted = empty.head().wishes();
        filler.stage();
        early.tell(of(RecordedEvents.OFFLOADED, true));
        filler.takeTouched();
        assertTrue(filler.show("{}", granted));
        assertTrue(tally.count(FeedOutcome.NOT_FILLED) > 0);
        assertNotNull(empty.head().wanted(), "the page that has the instance may have been read before the event");
        assertEquals(0, early.missed());
    }

    @Test
    void whatIsToldDuringAWholeReadingIsRememberedForItsFiller() throws Exception {
        seat.stage();
        feed.tell(of(RecordedEvents.OFFLOADED, true));
        String id = server(RecordedEvents.OFFLOADED).id();
        assertEquals(Set.of(id), seat.takeTouched());
    }

    @Test
    void legacyEventsKeepWhatTheyCannotTell() throws Exception {
        feed.tell(of(RecordedEvents.RENAMED_AND_TAGGED, true).subList(0, 8));
        Server before = server(RecordedEvents.RENAMED_AND_TAGGED);
        feed.tell(of(RecordedEvents.RENAMED_AND_TAGGED, false));
        Server after = server(RecordedEvents.RENAMED_AND_TAGGED);
        assertEquals("renamed-012723", after.name());
        assertEquals(before.flavor(), after.flavor());
        assertEquals(before.instanceName(), after.instanceName());
    }

    @Test
    void samplesOfBeforeAChangeFindWhatWasThen() throws Exception {
        feed.tell(of(RecordedEvents.LIVE_MIGRATED, false));
        CachedInstance known = known(RecordedEvents.LIVE_MIGRATED);
        assertEquals(
                "compute-2",
                known == null
                        ? null
                        : known.at(Instant.parse("2026-11-22T01:30:00Z")).host());
    }
}
