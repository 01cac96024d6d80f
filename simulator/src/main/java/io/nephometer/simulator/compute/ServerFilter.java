// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.compute;

import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.faults.FaultPlan;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which rows a list of servers has. */
final class ServerFilter implements Predicate<Server> {
    /** From this microversion on {@code changes-before} is known; older ones do not mind it. */
    private static final int CHANGES_BEFORE = 66;

    private static final Set<String> TRUE = Set.of("1", "true", "t", "yes", "y", "on");

    private final FaultPlan faults;
    private final Caller caller;
    private final boolean allProjects;
    private final @Nullable Instant since;
    private final @Nullable Instant before;
    private final @Nullable Boolean deleted;
    private final @Nullable String host;
    private final @Nullable String status;
    private final @Nullable String name;

    ServerFilter(FaultPlan faults, Caller caller) {
        this.faults = faults;
        this.caller = caller;
        allProjects = isTrue("all_tenants");
        if (allProjects && !caller.isAdmin()) {
            throw new RefusedException(
                    403, "Policy doesn't allow os_compute_api:servers:detail:get_all_tenants to be performed.");
        }
        since = time("changes-since");
        before = caller.isAtLeast(CHANGES_BEFORE) ? time("changes-before") : null;
        if (since != null && before != null && since.isAfter(before)) {
            throw new RefusedException(400, "The value of changes-since must be less than or equal to changes-before.");
        }
        deleted = (caller.isAdmin() && caller.query().has("deleted")) ? isTrue("deleted") : null;
        // The host is a filter for administrators; from others Nova ignores it without a word.
        host = caller.isAdmin() ? caller.query().last("host").orElse(null) : null;
        status = caller.query().last("status").orElse(null);
        name = caller.query().last("name").orElse(null);
    }

    private boolean isTrue(String parameter) {
        return caller.query()
                .last(parameter)
                .filter(value -> TRUE.contains(value.toLowerCase(Locale.ROOT))
                        || (parameter.equals("all_tenants") && value.isEmpty()))
                .isPresent();
    }

    private @Nullable Instant time(String parameter) {
        Optional<String> text = caller.query().last(parameter);
        if (text.isEmpty()) {
            return null;
        }
        return NovaTime.parse(text.get())
                .orElseThrow(() -> new RefusedException(
                        400,
                        "Invalid input for query parameters " + parameter + ". Value: " + text.get() + ". '"
                                + text.get() + "' is not a 'date-time'"));
    }

    @Override
    public boolean test(Server server) {
        return isSeen(server) && isWantedDeleted(server) && isChanged(server) && isAsked(server);
    }

    /** Whether a list may have it at all: it is of the right project, and its cell can be reached. */
    private boolean isSeen(Server server) {
        boolean reachable =
                server.host() == null || !faults.isDown(server.host().cell());
        return reachable && (allProjects || server.project().id().equals(caller.project()));
    }

    /** Deleted ones are shown if they are asked for, or changes are. */
    private boolean isWantedDeleted(Server server) {
        if (deleted != null) {
            return deleted == server.isDeleted();
        }
        return since != null || before != null || !server.isDeleted();
    }

    /** A row without {@code updated} is never among the changed ones. */
    private boolean isChanged(Server server) {
        if (since == null && before == null) {
            return true;
        }
        Instant updated = server.times().updated();
        return updated != null
                && (since == null || !updated.isBefore(since))
                && (before == null || !updated.isAfter(before));
    }

    private boolean isAsked(Server server) {
        boolean here =
                host == null || (server.host() != null && server.host().name().equals(host));
        return here
                && (status == null || ServerStatus.of(server).equalsIgnoreCase(status))
                && (name == null || server.name().contains(name));
    }
}
