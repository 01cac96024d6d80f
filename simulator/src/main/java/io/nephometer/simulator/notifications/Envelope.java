// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.notifications;

import io.nephometer.simulator.cloud.CloudEvent;
import io.nephometer.simulator.cloud.Ids;
import io.nephometer.simulator.cloud.User;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A notification with everything around its payload. */
final class Envelope {
    private final Ids ids;
    private final String glance;

    Envelope(Ids ids, String glance) {
        this.ids = ids;
        this.glance = glance;
    }

    Map<String, @Nullable Object> legacy(String id, CloudEvent event, Instant stamp) {
        return switch (event) {
            case CloudEvent.OfServer server -> {
                Map<String, @Nullable Object> payload = InstancePayload.tree(server, glance);
                Map<String, @Nullable Object> tree = tree(id, server.publisher(), event.type(), payload, stamp);
                context(tree, server.server().user(), id, stamp);
                yield tree;
            }
            case CloudEvent.OfImage image ->
                tree(id, "image.controller", event.type(), ImagePayload.tree(image), stamp);
        };
    }

    Map<String, @Nullable Object> versioned(String id, CloudEvent.OfServer event, Instant stamp) {
        VersionedType type = VersionedType.of(event.type());
        Map<String, @Nullable Object> payload = VersionedInstancePayload.tree(event, type);
        String publisher = "nova-" + event.publisher().replace('.', ':');
        Map<String, @Nullable Object> tree = tree(id, publisher, type.type(), payload, stamp);
        context(tree, event.server().user(), id, stamp);
        return tree;
    }

    private Map<String, @Nullable Object> tree(
            String id, String publisher, String type, Map<String, @Nullable Object> payload, Instant stamp) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("message_id", id);
        tree.put("publisher_id", publisher);
        tree.put("event_type", type);
        tree.put("priority", "INFO");
        tree.put("payload", payload);
        tree.put("timestamp", Stamp.spaced(stamp));
        tree.put("_unique_id", ids.hex("unique/" + id));
        return tree;
    }

    /** Nova's context travels with the notification; Glance's does not. */
    private void context(Map<String, @Nullable Object> tree, User user, String id, Instant stamp) {
        String project = user.project().id();
        tree.put("_context_user", user.id());
        tree.put("_context_project_id", project);
        tree.put("_context_system_scope", null);
        tree.put("_context_project", project);
        tree.put("_context_domain", null);
        tree.put("_context_user_domain", "default");
        tree.put("_context_project_domain", "default");
        tree.put("_context_is_admin", user.admin());
        tree.put("_context_read_only", false);
        tree.put("_context_show_deleted", false);
        tree.put("_context_auth_token", null);
        tree.put("_context_request_id", "req-" + ids.uuid("request/" + id));
        tree.put("_context_global_request_id", null);
        tree.put("_context_resource_uuid", null);
        tree.put("_context_roles", user.admin() ? List.of("admin", "reader", "member") : List.of("reader", "member"));
        tree.put("_context_user_identity", user.id() + " " + project + " - default default");
        tree.put("_context_is_admin_project", true);
        tree.put("_context_user_id", user.id());
        tree.put("_context_read_deleted", "no");
        tree.put("_context_remote_address", null);
        tree.put("_context_timestamp", Stamp.joined(stamp));
        tree.put("_context_quota_class", null);
        tree.put("_context_user_name", user.name());
        tree.put("_context_service_catalog", List.of());
        tree.put("_context_project_name", user.project().name());
    }
}
