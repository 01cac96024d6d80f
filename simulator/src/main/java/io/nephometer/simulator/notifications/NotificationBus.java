// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.notifications;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.json.Json;
import io.nephometer.simulator.cloud.CloudEvent;
import io.nephometer.simulator.cloud.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes notifications of what happens, as the services have them, and hands them to its listeners. Some can be lost
 * on purpose. Thread-safe; listeners are called while it is locked, so that the order is one for all.
 */
public final class NotificationBus {
    /** Ids beyond this many are counted but not kept. */
    public static final int MANIFEST = 1_000_000;

    private static final Map<String, @Nullable Object> PROPERTIES = properties();

    private final Ids ids;
    private final Envelope envelope;

    @GuardedBy("this") private final List<NotificationListener> listeners = new ArrayList<>();

    @GuardedBy("this") private final List<String> manifest = new ArrayList<>();

    @GuardedBy("this") private final List<String> lost = new ArrayList<>();

    @GuardedBy("this") private NotificationFormat format = NotificationFormat.LEGACY;

    @GuardedBy("this") private long sent;

    @GuardedBy("this") private long happened;

    @GuardedBy("this") private int toLose;

    @GuardedBy("this") private Instant last = Instant.EPOCH;

    /** @param glance its URL, which the payloads of instances name */
    public NotificationBus(Ids ids, String glance) {
        this.ids = ids;
        envelope = new Envelope(ids, glance);
    }

    /** From now on notifications go there too. */
    public synchronized void listen(NotificationListener listener) {
        listeners.add(listener);
    }

    /** From now on Nova writes them so; legacy ones before this is called. */
    public synchronized void speak(NotificationFormat other) {
        format = other;
    }

    /** The next so many are lost on their way: they happened, but nobody hears of them. */
    public synchronized void loseNext(int count) {
        toLose += count;
    }

    /** Says what happened, in order. */
    public synchronized void publish(List<CloudEvent> events) {
        for (CloudEvent event : events) {
            happened++;
            if (event instanceof CloudEvent.OfImage || format.isLegacy()) {
                send(ids.uuid("message/" + happened), stamp -> legacy(event, stamp), event.at());
            }
            if (event instanceof CloudEvent.OfServer server && format.isVersioned()) {
                send(ids.uuid("versioned/" + happened), stamp -> versioned(server, stamp), event.at());
            }
        }
    }

    /** Something to be said, of which only its id is not known yet. */
    private record Said(
            String type, String exchange, String topic, Function<String, Map<String, @Nullable Object>> tree) {}

    private Said legacy(CloudEvent event, Instant stamp) {
        String exchange =
                switch (event) {
                    case CloudEvent.OfServer _ -> "nova";
                    case CloudEvent.OfImage _ -> "glance";
                };
        return new Said(event.type(), exchange, "notifications", id -> envelope.legacy(id, event, stamp));
    }

    private Said versioned(CloudEvent.OfServer event, Instant stamp) {
        String type = VersionedType.of(event.type()).type();
        return new Said(type, "nova", "versioned_notifications", id -> envelope.versioned(id, event, stamp));
    }

    /** No two have the same time. */
    @GuardedBy("this") private void send(String id, Function<Instant, Said> saying, Instant at) {
        last = at.isAfter(last) ? at : last.plus(Duration.ofNanos(1000));
        if (toLose > 0) {
            toLose--;
            keep(lost, id);
            return;
        }
        sent++;
        keep(manifest, id);
        if (!listeners.isEmpty()) {
            Published published = published(id, saying.apply(last));
            listeners.forEach(listener -> listener.published(published));
        }
    }

    private static Published published(String id, Said said) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("oslo.version", "2.0");
        body.put("oslo.message", Json.write(said.tree().apply(id)));
        Bytes bytes = Bytes.utf8(Json.write(body));
        return new Published(
                id, said.type(), new RawMessage(said.exchange(), said.topic() + ".info", PROPERTIES, bytes));
    }

    private static void keep(List<String> list, String id) {
        if (list.size() < MANIFEST) {
            list.add(id);
        }
    }

    private static Map<String, @Nullable Object> properties() {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("content_type", "application/json");
        properties.put("content_encoding", "utf-8");
        properties.put("headers", Map.of());
        properties.put("delivery_mode", 2L);
        properties.put("priority", 0L);
        return properties;
    }

    /** The message_ids of what was sent, the first million of them. */
    public synchronized List<String> manifest() {
        return List.copyOf(manifest);
    }

    /** The message_ids of what was lost on purpose. */
    public synchronized List<String> lost() {
        return List.copyOf(lost);
    }

    /** How many were sent. */
    public synchronized long sent() {
        return sent;
    }
}
