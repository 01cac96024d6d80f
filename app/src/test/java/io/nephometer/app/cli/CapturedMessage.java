// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines of capture files as ingest reads them. */
final class CapturedMessage {
    private CapturedMessage() {}

    /** A notification of an instance that was created; the shipped definitions make an event and five samples of it. */
    static Map<String, @Nullable Object> created(String id, String instance) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("instance_id", instance);
        payload.put("tenant_id", "project-1");
        payload.put("user_id", "user-1");
        payload.put("memory_mb", 512);
        payload.put("vcpus", 2);
        payload.put("disk_gb", 1);
        payload.put("root_gb", 1);
        payload.put("ephemeral_gb", 0);
        payload.put("instance_type", "m1.tiny");
        payload.put("state", "active");
        payload.put("display_name", "first");
        payload.put("created_at", "2026-11-20 01:27:00");
        payload.put("launched_at", "2026-11-20T01:27:40");
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("message_id", id);
        message.put("event_type", "compute.instance.create.end");
        message.put("publisher_id", "compute.host1");
        message.put("priority", "INFO");
        message.put("timestamp", "2026-11-20 01:27:42.449925");
        message.put("_context_auth_token", "gAAAAsecret");
        message.put("payload", payload);
        return message;
    }

    /** The same with another value under a key. */
    static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> message, String key, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(message);
        changed.put(key, value);
        return changed;
    }

    /** The same without a key. */
    static Map<String, @Nullable Object> without(Map<String, @Nullable Object> message, String key) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(message);
        changed.remove(key);
        return changed;
    }

    /** In its envelope, as a capture of the bus. */
    static String line(Map<String, @Nullable Object> message) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("oslo.version", "2.0");
        envelope.put("oslo.message", Json.write(message));
        return ofBody(Json.write(envelope));
    }

    /** Any body, as a capture of the bus. */
    static String ofBody(String body) {
        Map<String, Object> capture = new LinkedHashMap<>();
        capture.put("exchange", "nova");
        capture.put("routing_key", "notifications.info");
        capture.put("properties", Map.of("content_type", "application/json"));
        capture.put("body", body);
        return Json.write(capture);
    }
}
