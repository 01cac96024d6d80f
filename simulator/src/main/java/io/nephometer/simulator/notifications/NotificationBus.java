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
import org.jspecify.annotations.Nullable;

/**
 * Makes notifications of what happens, as the services' legacy format has them, and hands them to its listeners. Some can be lost
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

    /** The next so many are lost on their way: they happened, but nobody hears of them. */
    public synchronized void loseNext(int count) {
        toLose += count;
    }

    /** Says what happened, in order. */
    public synchronized void publish(List<CloudEvent> events) {
        for (CloudEvent event : events) {
            String id = ids.uuid("message/" + ++happened);
            Instant stamp = event.at().isAfter(last) ? event.at() : last.plus(Duration.ofNanos(1000));
            last = stamp;
            if (toLose > 0) {
                toLose--;
                keep(lost, id);
            } else {
                send(id, event, stamp);
            }
        }
    }

    @GuardedBy("this") private void send(String id, CloudEvent event, Instant stamp) {
        sent++;
        keep(manifest, id);
        if (listeners.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("oslo.version", "2.0");
        body.put("oslo.message", Json.write(envelope.tree(id, event, stamp)));
        String exchange =
                switch (event) {
                    case CloudEvent.OfServer server -> "nova";
                    case CloudEvent.OfImage image -> "glance";
                };
        RawMessage message = new RawMessage(exchange, "notifications.info", PROPERTIES, Bytes.utf8(Json.write(body)));
        Published published = new Published(id, event.type(), message);
        listeners.forEach(listener -> listener.published(published));
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
