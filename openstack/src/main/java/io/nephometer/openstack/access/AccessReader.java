// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import io.nephometer.openstack.api.ServiceType;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Origin;
import io.nephometer.runtime.config.Problem;
import io.nephometer.runtime.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a {@link CloudAccess} of what is written in one place; tells everything that is wrong there at once. For one use. */
final class AccessReader {
    private static final URI NOWHERE = URI.create("http://nowhere.invalid");

    private final AccessText text;
    private final List<Problem> problems = new ArrayList<>();

    private AccessReader(AccessText text) {
        this.text = text;
    }

    static CloudAccess read(AccessText text) throws ConfigException {
        AccessReader reader = new AccessReader(text);
        CloudAccess access = reader.access();
        if (!reader.problems.isEmpty()) {
            throw new ConfigException(reader.problems);
        }
        return access;
    }

    private CloudAccess access() {
        checkVerification();
        String authUrl = required(AccessKey.AUTH_URL, "the URL of Keystone");
        URI keystone = authUrl.isEmpty() ? NOWHERE : url(text.name(AccessKey.AUTH_URL), authUrl);
        boolean byApplication = isApplicationCredential();
        Credentials credentials = byApplication ? applicationCredential() : password();
        return new CloudAccess(
                keystone,
                credentials,
                scope(byApplication),
                text.find(AccessKey.REGION_NAME).orElse(null),
                endpointInterface(),
                endpoints(),
                text.find(AccessKey.CACERT).map(Path::of).orElse(null));
    }

    private boolean isApplicationCredential() {
        Optional<String> type = text.find(AccessKey.AUTH_TYPE).map(name -> name.toLowerCase(Locale.ROOT));
        return switch (type.orElse("")) {
            case "" ->
                text.find(AccessKey.APPLICATION_CREDENTIAL_ID).isPresent()
                        || text.find(AccessKey.APPLICATION_CREDENTIAL_NAME).isPresent();
            case "password", "v3password" -> false;
            case "v3applicationcredential" -> true;
            default -> {
                problem(
                        AccessKey.AUTH_TYPE,
                        "expected password or v3applicationcredential; other ways to log in are not supported");
                yield false;
            }
        };
    }

    private Credentials applicationCredential() {
        Secret secret = secret(AccessKey.APPLICATION_CREDENTIAL_SECRET);
        Optional<String> id = text.find(AccessKey.APPLICATION_CREDENTIAL_ID);
        if (id.isPresent()) {
            return new Credentials.ApplicationCredential(Named.id(id.get()), null, null, secret);
        }
        String name = required(AccessKey.APPLICATION_CREDENTIAL_NAME, "the application credential, by name or by id");
        Named user = user();
        return new Credentials.ApplicationCredential(Named.name(name), user, userDomain(user), secret);
    }

    private Credentials password() {
        Named user = user();
        return new Credentials.Password(user, userDomain(user), secret(AccessKey.PASSWORD));
    }

    private Named user() {
        Named user = named(AccessKey.USER_ID, AccessKey.USERNAME);
        return user == null ? Named.name(required(AccessKey.USERNAME, "the user, by name or by user_id")) : user;
    }

    private @Nullable Named userDomain(Named user) {
        return domain(user, AccessKey.USER_DOMAIN_ID, AccessKey.USER_DOMAIN_NAME);
    }

    /** A name alone says nothing: it is one of many domains. */
    private @Nullable Named domain(Named thing, AccessKey id, AccessKey name) {
        Named domain = named(id, name);
        if (domain == null && !thing.isId()) {
            required(name, "the domain, often Default; or its id as " + id.label());
        }
        return domain;
    }

    private Scope scope(boolean byApplication) {
        if (byApplication) {
            return new Scope.Own(); // Keystone refuses any other
        }
        Named project = named(AccessKey.PROJECT_ID, AccessKey.PROJECT_NAME);
        Named domain = named(AccessKey.DOMAIN_ID, AccessKey.DOMAIN_NAME);
        boolean system = text.find(AccessKey.SYSTEM_SCOPE).isPresent();
        int scopes = (project == null ? 0 : 1) + (domain == null ? 0 : 1) + (system ? 1 : 0);
        if (scopes > 1) {
            problem(AccessKey.PROJECT_NAME, "only one of a project, a domain and system_scope can be logged in to");
        }
        if (project != null) {
            return new Scope.OfProject(
                    project, domain(project, AccessKey.PROJECT_DOMAIN_ID, AccessKey.PROJECT_DOMAIN_NAME));
        }
        if (domain != null) {
            return new Scope.OfDomain(domain);
        }
        if (!system) {
            required(
                    AccessKey.PROJECT_NAME,
                    "the project, by name or by project_id; or domain_name; or system_scope: all");
        }
        return new Scope.OfSystem();
    }

    private @Nullable Named named(AccessKey id, AccessKey name) {
        return text.find(id)
                .map(Named::id)
                .or(() -> text.find(name).map(Named::name))
                .orElse(null);
    }

    private EndpointInterface endpointInterface() {
        String name = text.find(AccessKey.INTERFACE).orElse("public").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "public", "publicurl" -> EndpointInterface.PUBLIC;
            case "internal", "internalurl" -> EndpointInterface.INTERNAL;
            case "admin", "adminurl" -> EndpointInterface.ADMIN;
            default -> {
                problem(AccessKey.INTERFACE, "expected public, internal or admin");
                yield EndpointInterface.PUBLIC;
            }
        };
    }

    private Map<String, URI> endpoints() {
        Map<String, URI> endpoints = new LinkedHashMap<>();
        for (ServiceType service : ServiceType.known()) {
            text.find(service).ifPresent(url -> endpoints.put(service.label(), url(text.name(service), url)));
        }
        return endpoints;
    }

    private void checkVerification() {
        String hint = "certificates are always verified; name the authority to trust as cacert, and remove this key";
        if (text.find(AccessKey.VERIFY).filter(AccessReader::isFalse).isPresent()) {
            problem(AccessKey.VERIFY, hint);
        }
        if (text.find(AccessKey.INSECURE).filter(value -> !isFalse(value)).isPresent()) {
            problem(AccessKey.INSECURE, hint);
        }
    }

    private static boolean isFalse(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "false", "no", "off", "0" -> true;
            default -> false;
        };
    }

    private Secret secret(AccessKey key) {
        return new Secret(required(key, "the secret to log in with"));
    }

    private String required(AccessKey key, String meaning) {
        Optional<String> value = text.find(key);
        if (value.isEmpty()) {
            problem(key, "missing: " + meaning);
        }
        return value.orElse("");
    }

    private URI url(String name, String value) {
        try {
            URI uri = URI.create(value);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getUserInfo() != null) {
                problems.add(
                        new Problem(new Origin(text.source(), 0), name, WebAddress.masked(uri), WebAddress.NO_USER));
                return NOWHERE;
            }
            if (web && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        problems.add(
                new Problem(new Origin(text.source(), 0), name, "", "expected a URL such as https://host:5000/v3"));
        return NOWHERE;
    }

    private void problem(AccessKey key, String expected) {
        problems.add(new Problem(new Origin(text.source(), 0), text.name(key), "", expected));
    }
}
