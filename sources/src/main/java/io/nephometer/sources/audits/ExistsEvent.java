// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Bytes;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.MessageId;
import io.nephometer.model.NameUuid;
import io.nephometer.model.Period;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The notification that an instance existed in a period: {@code compute.instance.exists}, in the form in which Nova sends it. It is of the
 * instance and the period alone: whoever makes it, and however often, makes the same, byte by byte, as long as the same is known.
 *
 * @param id derived from task, period and instance
 */
public record ExistsEvent(MessageId id, InstanceVersion instance, Period period) {
    /** Its event type. */
    public static final String TYPE = "compute.instance.exists";

    private static final UUID NAMESPACE = UUID.fromString("0d4c2c0e-5a3a-5f0c-8f5b-3d2f6f1f6a55");

    /** The event of an instance in a period. */
    public static ExistsEvent of(InstanceVersion instance, Period period) {
        String name = UsageAuditor.TASK + "/" + period + "/" + instance.id();
        return new ExistsEvent(new MessageId(NameUuid.of(NAMESPACE, name).toString()), instance, period);
    }

    /** As it would come from the bus. */
    public RawMessage message() {
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("oslo.version", "2.0");
        envelope.put("oslo.message", Json.write(content()));
        return new RawMessage(
                "nova",
                "notifications.info",
                Map.of("content_type", "application/json", "content_encoding", "utf-8"),
                Bytes.utf8(Json.write(envelope)));
    }

    private Map<String, @Nullable Object> content() {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("message_id", id.text());
        content.put("publisher_id", instance.host() == null ? "audit" : "audit." + instance.host());
        content.put("event_type", TYPE);
        content.put("priority", "INFO");
        content.put("payload", ExistsPayload.of(instance, period));
        content.put("timestamp", NovaTime.timestamp(period.end()));
        return content;
    }
}
