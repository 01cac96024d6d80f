// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a log-in, as Keystone's API v3 wants it. */
final class LoginText {
    private LoginText() {}

    static Secret of(Credentials credentials, Scope scope) {
        Map<String, Object> auth = new LinkedHashMap<>();
        auth.put("identity", identity(credentials));
        switch (scope) {
            case Scope.Own _ -> {}
            case Scope.OfProject(Named project, Named domain) ->
                auth.put("scope", Map.of("project", inDomain(project, domain)));
            case Scope.OfDomain(Named domain) -> auth.put("scope", Map.of("domain", inDomain(domain, null)));
            case Scope.OfSystem _ -> auth.put("scope", Map.of("system", Map.of("all", true)));
        }
        return new Secret(Json.write(Map.of("auth", auth)));
    }

    private static Map<String, Object> identity(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Password(Named user, Named domain, Secret password) -> {
                Map<String, Object> whom = inDomain(user, domain);
                whom.put("password", password.reveal());
                yield method("password", Map.of("user", whom));
            }
            case Credentials.ApplicationCredential(Named credential, Named user, Named domain, Secret secret) -> {
                Map<String, Object> which = inDomain(credential, null);
                which.put("secret", secret.reveal());
                if (user != null) {
                    which.put("user", inDomain(user, domain));
                }
                yield method("application_credential", which);
            }
        };
    }

    private static Map<String, Object> method(String name, Map<String, Object> content) {
        return Map.of("methods", List.of(name), name, content);
    }

    private static Map<String, Object> inDomain(Named thing, @Nullable Named domain) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(thing.isId() ? "id" : "name", thing.value());
        if (domain != null && !thing.isId()) {
            map.put("domain", inDomain(domain, null));
        }
        return map;
    }
}
