// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who there is; it never changes.
 *
 * @param admin the administrator, of the project {@code admin}
 * @param telemetry a service user with the role admin on the project {@code service}: what agents use
 * @param members one user per project of customers, with the roles reader and member
 */
public record Directory(User admin, User telemetry, List<User> members) {
    public Directory {
        members = List.copyOf(members);
    }

    /** With the given number of customers' projects. */
    static Directory of(Ids ids, int projects) {
        List<User> members = new ArrayList<>();
        for (int i = 1; i <= projects; i++) {
            String name = "customer-%02d".formatted(i);
            members.add(user(ids, name, name, false));
        }
        return new Directory(user(ids, "admin", "admin", true), user(ids, "telemetry", "service", true), members);
    }

    private static User user(Ids ids, String name, String project, boolean admin) {
        return new User(ids.hex("user/" + name), name, new Project(ids.hex("project/" + project), project), admin);
    }

    /** Everybody. */
    public List<User> users() {
        List<User> all = new ArrayList<>(List.of(admin, telemetry));
        all.addAll(members);
        return all;
    }

    /** Who has that name. */
    public Optional<User> user(String name) {
        return users().stream().filter(user -> user.name().equals(name)).findFirst();
    }
}
