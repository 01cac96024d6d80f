// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.identity;

import io.nephometer.simulator.cloud.Ids;
import io.nephometer.simulator.cloud.Project;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token as Keystone shows it. */
final class TokenView {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Map<String, Object> DOMAIN = Map.of("id", "default", "name", "Default");

    private final Ids ids;
    private final Catalog catalog;

    TokenView(Ids ids, Catalog catalog) {
        this.ids = ids;
        this.catalog = catalog;
    }

    Map<String, @Nullable Object> tree(Session session, boolean withCatalog) {
        Map<String, @Nullable Object> token = new LinkedHashMap<>();
        token.put("methods", List.of(session.method()));
        token.put("user", user(session));
        token.put("audit_ids", List.of(session.auditId()));
        token.put("expires_at", time(session.expires()));
        token.put("issued_at", time(session.issued()));
        Project project = session.project();
        if (project != null) {
            token.put("project", Map.of("domain", DOMAIN, "id", project.id(), "name", project.name()));
            token.put("is_domain", false);
            token.put("roles", roles(session));
            if (withCatalog) {
                token.put("catalog", catalog.tree(session.project()));
            }
        }
        return token;
    }

    private static Map<String, @Nullable Object> user(Session session) {
        Map<String, @Nullable Object> user = new LinkedHashMap<>();
        user.put("domain", DOMAIN);
        user.put("id", session.user().id());
        user.put("name", session.user().name());
        user.put("password_expires_at", null);
        return user;
    }

    private List<Object> roles(Session session) {
        List<Object> roles = new ArrayList<>();
        for (String role : session.isAdmin() ? List.of("admin", "reader", "member") : List.of("reader", "member")) {
            roles.add(Map.of("id", ids.hex("role/" + role), "name", role));
        }
        return roles;
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
