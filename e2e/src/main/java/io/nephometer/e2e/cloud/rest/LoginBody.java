// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.rest;

import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Keystone is sent for a token. */
final class LoginBody {
    private LoginBody() {}

    static Map<String, Object> of(CloudAccess access) {
        Map<String, Object> auth = new LinkedHashMap<>();
        auth.put("identity", identity(access.credentials()));
        Object scope = scope(access.scope());
        if (scope != null) {
            auth.put("scope", scope);
        }
        return Map.of("auth", auth);
    }

    private static Object identity(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Password password -> {
                Map<String, Object> user = user(password.user(), password.domain());
                user.put("password", password.secret().reveal());
                yield Map.of("methods", List.of("password"), "password", Map.of("user", user));
            }
            case Credentials.ApplicationCredential application -> {
                Map<String, Object> credential = named(application.credential());
                credential.put("secret", application.secret().reveal());
                Named owner = application.user();
                if (owner != null) {
                    credential.put("user", user(owner, application.domain()));
                }
                yield Map.of("methods", List.of("application_credential"), "application_credential", credential);
            }
        };
    }

    private static @Nullable Object scope(Scope scope) {
        return switch (scope) {
            case Scope.Own _ -> null;
            case Scope.OfProject of -> Map.of("project", user(of.project(), of.domain()));
            case Scope.OfDomain of -> Map.of("domain", named(of.domain()));
            case Scope.OfSystem _ -> Map.of("system", Map.of("all", true));
        };
    }

    /** A user, or a project, which is named in the same way. */
    private static Map<String, Object> user(Named thing, @Nullable Named domain) {
        Map<String, Object> map = named(thing);
        if (domain != null && !thing.isId()) {
            map.put("domain", named(domain));
        }
        return map;
    }

    private static Map<String, Object> named(Named thing) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(thing.isId() ? "id" : "name", thing.value());
        return map;
    }
}
