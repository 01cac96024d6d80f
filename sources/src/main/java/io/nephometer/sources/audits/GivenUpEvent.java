// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.MessageId;
import io.nephometer.model.NameUuid;
import io.nephometer.model.RawMessage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** That something should have been removed after an instance and was not, as often as it was tried. Told once. */
record GivenUpEvent(CleanupBook.Entry entry, Instant givenUp) implements AuditEvent {
    static final String TYPE = "pending_delete.given_up";
    private static final UUID NAMESPACE = UUID.fromString("0d4c2c0e-5a3a-5f0c-8f5b-3d2f6f1f6a58");

    @Override
    public MessageId id() {
        String name = PendingDeleteAuditor.TASK + "/" + givenUp + "/" + resource();
        return new MessageId(NameUuid.of(NAMESPACE, name).toString());
    }

    @Override
    public String resource() {
        return kind() + "/" + entry.target().instance();
    }

    private String kind() {
        return entry.target().kind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public RawMessage message() {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("instance_id", entry.target().instance());
        payload.put("host", entry.target().host());
        payload.put("kind", kind());
        payload.put("attempts", entry.attempts());
        payload.put("detail", entry.detail());
        payload.put("given_up_at", NovaTime.lifetime(givenUp));
        return new NotificationText(id(), TYPE, entry.target().host(), givenUp, payload).message();
    }
}
