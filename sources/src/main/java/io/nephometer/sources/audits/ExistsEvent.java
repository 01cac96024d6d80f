// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.InstanceVersion;
import io.nephometer.model.MessageId;
import io.nephometer.model.NameUuid;
import io.nephometer.model.Period;
import io.nephometer.model.RawMessage;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The notification that an instance existed in a period: {@code compute.instance.exists}, in the form in which Nova sends it. It is of the
 * instance and the period alone: whoever makes it, and however often, makes the same, byte by byte, as long as the same is known.
 *
 * @param id derived from task, period and instance
 * @param bandwidth by MAC address; null: it has no such field
 */
public record ExistsEvent(
        MessageId id,
        InstanceVersion instance,
        Period period,
        @Nullable Map<String, Map<String, Long>> bandwidth) implements AuditEvent {
    /** Its event type. */
    public static final String TYPE = "compute.instance.exists";

    private static final UUID NAMESPACE = UUID.fromString("0d4c2c0e-5a3a-5f0c-8f5b-3d2f6f1f6a55");

    /** The event of an instance in a period. */
    public static ExistsEvent of(InstanceVersion instance, Period period) {
        return of(instance, period, null);
    }

    /** The same with its traffic. */
    static ExistsEvent of(InstanceVersion instance, Period period, @Nullable Map<String, Map<String, Long>> bandwidth) {
        String name = UsageAuditor.TASK + "/" + period + "/" + instance.id();
        return new ExistsEvent(new MessageId(NameUuid.of(NAMESPACE, name).toString()), instance, period, bandwidth);
    }

    @Override
    public String resource() {
        return instance.id();
    }

    @Override
    public RawMessage message() {
        return new NotificationText(
                        id, TYPE, instance.host(), period.end(), ExistsPayload.of(instance, period, bandwidth))
                .message();
    }
}
