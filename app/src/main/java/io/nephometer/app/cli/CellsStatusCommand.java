// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.cells.Cells;
import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.cells.CellStatus;
import io.nephometer.store.cells.NovaCell;
import io.nephometer.store.replica.ReplicaStatus;
import io.nephometer.store.replica.RouterObserver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer cells status}. */
@Command(
        name = "status",
        description =
                "How Nova's cell databases stand, asked now: whether they can be read and by which server, what is missing"
                        + " and why, and how their replicas are. Exit code 1 if one cannot be read.")
final class CellsStatusCommand implements Callable<Integer> {
    /** As long as commands that look wait to learn how replicas stand. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private CellsOption config;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TABLE;

    /** A cell with its replicas. */
    private record Shown(CellStatus status, List<ReplicaStatus> replicas) {
        @Nullable String detail() {
            return status.trouble() == null ? null : status.trouble().detail();
        }

        String replicaStates() {
            return replicas.stream()
                    .map(replica -> replica.server() + " " + replica.state().label() + " ("
                            + replica.reason().label() + ")")
                    .collect(Collectors.joining("; "));
        }
    }

    @Override
    public Integer call() throws CommandFailure, ConfigException {
        try (Cells cells = Cells.of(config.cells(), WallClock.system(), Ticker.system(), _ -> RouterObserver.NONE)) {
            cells.settle(PATIENCE);
            List<CellStatus> found = cells.look();
            List<NovaCell> all = cells.all();
            Listing.<Shown>print(format, layout(), spec.commandLine().getOut(), rows -> {
                for (int i = 0; i < all.size(); i++) {
                    rows.accept(new Shown(found.get(i), all.get(i).router().replicas()));
                }
            });
            return found.stream().allMatch(status -> status.trouble() == null) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static Layout<Shown> layout() {
        return new Layout<>(
                List.of(
                        Column.text("cell", shown -> shown.status().cell()),
                        Column.text("state", shown -> shown.status().state()),
                        Column.text("read of", shown -> shown.status().server()),
                        Column.text(
                                "its clock",
                                shown -> shown.status().clock() == null
                                        ? null
                                        : WireForms.time(shown.status().clock())),
                        Column.text(
                                "done without",
                                shown -> String.join(", ", shown.status().lacking())),
                        Column.text("replicas", Shown::replicaStates),
                        Column.text("detail", Shown::detail)),
                CellsStatusCommand::json);
    }

    private static Map<String, @Nullable Object> json(Shown shown) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("cell", shown.status().cell());
        form.put("state", shown.status().state());
        form.put("server", shown.status().server());
        form.put(
                "clock",
                shown.status().clock() == null
                        ? null
                        : WireForms.time(shown.status().clock()));
        form.put("lacking", shown.status().lacking());
        form.put(
                "replicas",
                shown.replicas().stream().map(CellsStatusCommand::json).toList());
        form.put("detail", shown.detail());
        return form;
    }

    private static Map<String, @Nullable Object> json(ReplicaStatus replica) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("server", replica.server());
        form.put("state", replica.state().label());
        form.put("reason", replica.reason().label());
        form.put("detail", replica.detail());
        return form;
    }
}
