// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.Incoming;
import io.nephometer.openstack.api.JsonCursor;
import io.nephometer.openstack.api.ServiceTime;
import io.nephometer.runtime.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Grant} of Keystone's answer to a log-in. For one use. */
final class GrantReader {
    private final JsonCursor json;
    private final List<Catalog.Endpoint> endpoints = new ArrayList<>();

    private @Nullable Instant issued;
    private @Nullable Instant expires;
    private @Nullable String projectId;

    private GrantReader(JsonCursor json) {
        this.json = json;
    }

    static Grant read(Incoming answer, long startedAt) throws AnswerException {
        String token = answer.header("X-Subject-Token")
                .orElseThrow(() -> new AnswerException("expected a header X-Subject-Token, found none"));
        return answer.json(root -> {
            GrantReader reader = new GrantReader(root);
            return root.field("token", body -> {
                body.fields(reader::field);
                return reader.grant(new Secret(token), startedAt, answer.asOf());
            });
        });
    }

    private Grant grant(Secret token, long startedAt, ServiceTime asOf) throws AnswerException {
        return new Grant(token, lifetime(asOf), startedAt, projectId, new Catalog(endpoints));
    }

    /**
     * By Keystone's clock: its {@code Date}; where it sends none, or a proxy's that is past the end, the time when it issued the
     * token. Ours is asked if it tells neither.
     */
    private Duration lifetime(ServiceTime asOf) throws AnswerException {
        if (expires == null) {
            throw json.wrong("a token without expires_at");
        }
        boolean dated = asOf.ofService() && asOf.instant().isBefore(expires);
        Duration lifetime = Duration.between(dated || issued == null ? asOf.instant() : issued, expires);
        if (!lifetime.isPositive()) {
            throw json.wrong("a token that ends before it begins");
        }
        return lifetime;
    }

    private void field(String field) throws AnswerException {
        switch (field) {
            case "issued_at" -> issued = json.timeOrNull();
            case "expires_at" -> expires = json.timeOrNull();
            case "project" -> json.fieldsIfAny(this::project);
            case "catalog" -> json.items(this::service);
            default -> {}
        }
    }

    private void project(String field) throws AnswerException {
        if (field.equals("id")) {
            projectId = json.text();
        }
    }

    private void service() throws AnswerException {
        CatalogEntry entry = new CatalogEntry();
        json.fields(field -> {
            switch (field) {
                case "type" -> entry.type = json.textOrNull();
                case "endpoints" -> json.items(() -> entry.add(json));
                default -> {}
            }
        });
        endpoints.addAll(entry.endpoints());
    }

    /** A service's type may stand before or behind its endpoints. */
    private static final class CatalogEntry {
        private final List<Catalog.Endpoint> untyped = new ArrayList<>();
        private @Nullable String type;

        private void add(JsonCursor json) throws AnswerException {
            String[] texts = new String[3];
            json.fields(field -> {
                switch (field) {
                    case "interface" -> texts[0] = json.textOrNull();
                    case "region_id", "region" -> texts[1] = json.textIfAny();
                    case "url" -> texts[2] = json.textIfAny();
                    default -> {}
                }
            });
            if (texts[0] != null && texts[2] != null) {
                untyped.add(new Catalog.Endpoint("", texts[0], texts[1] == null ? "" : texts[1], texts[2]));
            }
        }

        private List<Catalog.Endpoint> endpoints() {
            String known = type == null ? "" : type;
            return untyped.stream().map(endpoint -> endpoint.ofType(known)).toList();
        }
    }
}
