// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.identity;

import io.nephometer.simulator.cloud.Directory;
import io.nephometer.simulator.cloud.Ids;
import io.nephometer.simulator.cloud.Project;
import io.nephometer.simulator.cloud.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may come in. Administrators have their roles on every project, others on their own. */
final class Login {
    private final Directory directory;
    private final Ids ids;
    private final String password;
    private final Tokens tokens;

    Login(Directory directory, Ids ids, String password, Tokens tokens) {
        this.directory = directory;
        this.ids = ids;
        this.password = password;
        this.tokens = tokens;
    }

    /**
     * Who somebody proved to be.
     *
     * @param bound the project that the proof is bound to
     */
    record Proof(User user, String method, @Nullable Project bound) {}

    /** A token for what {@code auth} of the request says; empty if it proves nothing or asks for too much. */
    Optional<String> enter(Map<?, ?> auth) {
        return prove(map(auth.get("identity"))).flatMap(proof -> scoped(proof, auth.get("scope")));
    }

    private Optional<Proof> prove(Map<?, ?> identity) {
        if (!(identity.get("methods") instanceof List<?> methods) || methods.isEmpty()) {
            return Optional.empty();
        }
        return switch (String.valueOf(methods.getFirst())) {
            case "password" -> byPassword(map(map(identity.get("password")).get("user")));
            case "application_credential" -> byCredential(map(identity.get("application_credential")));
            case "token" ->
                tokens.find(String.valueOf(map(identity.get("token")).get("id")))
                        .map(session -> new Proof(session.user(), "token", null));
            default -> Optional.empty();
        };
    }

    private Optional<Proof> byPassword(Map<?, ?> user) {
        return directory.users().stream()
                .filter(known ->
                        known.id().equals(user.get("id")) || known.name().equals(user.get("name")))
                .filter(known -> password.equals(user.get("password")))
                .map(known -> new Proof(known, "password", null))
                .findFirst();
    }

    private Optional<Proof> byCredential(Map<?, ?> credential) {
        return directory.users().stream()
                .filter(user -> credential(user).id().equals(credential.get("id")))
                .filter(user -> credential(user).secret().equals(credential.get("secret")))
                .map(user -> new Proof(user, "application_credential", user.project()))
                .findFirst();
    }

    Credential credential(User user) {
        return new Credential(ids.hex("credential/" + user.name()), ids.hex("secret/" + user.name()));
    }

    private Optional<String> scoped(Proof proof, @Nullable Object scope) {
        if (proof.bound() != null) {
            return Optional.of(tokens.issue(proof.user(), proof.bound(), proof.method()));
        }
        if (scope instanceof Map<?, ?> wanted && wanted.get("project") instanceof Map<?, ?> project) {
            return projects(proof.user()).stream()
                    .filter(known ->
                            known.id().equals(project.get("id")) || known.name().equals(project.get("name")))
                    .map(known -> tokens.issue(proof.user(), known, proof.method()))
                    .findFirst();
        }
        return Optional.of(tokens.issue(proof.user(), null, proof.method()));
    }

    private List<Project> projects(User user) {
        if (!user.admin()) {
            return List.of(user.project());
        }
        List<Project> all = new ArrayList<>();
        directory.users().forEach(known -> all.add(known.project()));
        return all;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
