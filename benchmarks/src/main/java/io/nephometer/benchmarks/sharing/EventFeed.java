// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.feed.FeedObserver;
import io.nephometer.inventory.shared.feed.FeedOptions;
import io.nephometer.inventory.shared.feed.InstanceEvent;
import io.nephometer.inventory.shared.feed.InstanceEvents;
import io.nephometer.inventory.shared.feed.NotificationFeed;
import io.nephometer.inventory.shared.record.Observation;
import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.decode.Decoded;
import io.nephometer.pipeline.decode.Notification;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.runtime.Ticker;
import io.nephometer.simulator.notifications.NotificationBus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes the notifications of a simulated cloud as a collector does, and brings them into the shared cache in batches of a second. */
final class EventFeed {
    private static final int MAX_BODY_BYTES = 8 << 20;
    private static final FeedOptions PATIENT = new FeedOptions(Duration.ofMinutes(1), Duration.ZERO);

    private final NotificationDecoder decoder;
    private final NotificationFeed feed;
    private final List<RawMessage> waiting = new ArrayList<>();

    EventFeed(SharedCache cache, NotificationBus bus, InstantSource clock, Ticker ticker) {
        decoder = new NotificationDecoder(MAX_BODY_BYTES, TimeWindow.unlimited(clock));
        feed = new NotificationFeed(cache, PATIENT, ticker, FeedObserver.none());
        bus.listen(published -> waiting.add(published.message()));
    }

    /** Brings in what waits; tells of which instances that was. */
    Set<String> tell() {
        List<InstanceEvent> events =
                waiting.stream().map(this::read).flatMap(Optional::stream).toList();
        waiting.clear();
        feed.tell(events);
        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(id(event.observation())));
        return ids;
    }

    private Optional<InstanceEvent> read(RawMessage message) {
        return decoder.decode(message) instanceof Decoded.Notified notified
                ? read(notified.notification())
                : Optional.empty();
    }

    private static Optional<InstanceEvent> read(Notification notification) {
        return InstanceEvents.read(
                notification.eventType(),
                notification.generated(),
                notification.tree().get("payload"));
    }

    private static String id(Observation observation) {
        return observation.id();
    }
}
