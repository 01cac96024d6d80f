// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.replica.PrimaryStatus;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.ReplicaStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer replica status}. */
@Command(
        name = "status",
        description =
                "How the ledger's replicas stand, asked now: their state, how old their answers may be at most, and why."
                        + " Exit code 1 if one of them is not healthy.")
final class ReplicaStatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ReadingOption store;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TABLE;

    /** The primary or a replica. */
    private record Server(
            String server,
            String role,
            String state,
            @Nullable String reason,
            @Nullable Double staleness,
            @Nullable String identity,
            @Nullable String position,
            @Nullable String detail) {
        static Server of(PrimaryStatus primary) {
            return new Server(
                    primary.server(),
                    "primary",
                    primary.trouble() == null ? "up" : "unknown",
                    null,
                    null,
                    primary.identity(),
                    text(primary.position()),
                    primary.trouble());
        }

        static Server of(ReplicaStatus replica) {
            return new Server(
                    replica.server(),
                    "replica",
                    replica.state().label(),
                    replica.reason().label(),
                    replica.staleness() == null ? null : replica.staleness().toMillis() / 1000.0,
                    replica.identity(),
                    text(replica.position()),
                    replica.detail());
        }

        private static @Nullable String text(@Nullable Object position) {
            return position == null ? null : position.toString();
        }
    }

    @Override
    public Integer call() throws CommandFailure, ConfigException {
        try (RoutedReads reads = store.open(spec.commandLine().getErr())) {
            ReplicaRouter<LedgerView> router = reads.router();
            if (!router.hasReplicas()) {
                throw CommandFailure.usage(
                        "there are no replicas: none in store.slave_connection, none by --slave-connection", null);
            }
            List<Server> servers = new ArrayList<>();
            router.primary().map(Server::of).ifPresent(servers::add);
            router.replicas().forEach(replica -> servers.add(Server.of(replica)));
            Listing.print(format, layout(), spec.commandLine().getOut(), rows -> servers.forEach(rows));
            boolean healthy = servers.stream()
                    .allMatch(server ->
                            server.state().equals("up") || server.state().equals("healthy"));
            return healthy ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static Layout<Server> layout() {
        return new Layout<>(
                List.of(
                        Column.text("server", Server::server),
                        Column.text("role", Server::role),
                        Column.text("state", Server::state),
                        Column.text("reason", Server::reason),
                        Column.number("staleness at most", Server::staleness),
                        Column.text("process", Server::identity),
                        Column.text("position", Server::position),
                        Column.text("detail", Server::detail)),
                ReplicaStatusCommand::json);
    }

    private static Map<String, @Nullable Object> json(Server server) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("server", server.server());
        form.put("role", server.role());
        form.put("state", server.state());
        form.put("reason", server.reason());
        form.put("staleness_seconds", server.staleness());
        form.put("identity", server.identity());
        form.put("position", server.position());
        form.put("detail", server.detail());
        return form;
    }
}
