// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.central.PlanGroups;
import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.model.Shortfall;
import io.nephometer.model.WorkUnit;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.ledger.ClusterView.ClusterMember;
import io.nephometer.store.ledger.ClusterView.UnitOwner;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.SlotRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer cluster status}. */
@Command(
        name = "status",
        description =
                "Who shares the work of polling: members that are live by the ledger's database or by etcd, whose each unit of"
                        + " work is under which epoch, and what became of its newest slot.")
final class ClusterStatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ReadingOption store;

    @Mixin
    private EtcdMembersOption etcd;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TABLE;

    /** A unit with its newest slot. */
    private record Owned(UnitOwner owner, @Nullable SlotRecord newest) {}

    /** All that is shown, as one server knew it. */
    private record Cluster(List<ClusterMember> members, List<Owned> units) {
        static Cluster of(LedgerView ledger) {
            List<ClusterMember> members = ledger.cluster().members();
            Map<String, SlotRecord> newest = ledger.slots().newest().stream()
                    .collect(Collectors.toMap(ClusterStatusCommand::key, Function.identity(), (one, _) -> one));
            List<Owned> units = ledger.cluster().owners().stream()
                    .map(owner -> new Owned(owner, newest.get(owner.unit().key())))
                    .toList();
            return new Cluster(members, units);
        }
    }

    /** Of two with one name the first acts. */
    private static Optional<String> difference(List<ClusterMember> members) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        members.stream()
                .filter(ClusterMember::live)
                .forEach(member -> groups.putIfAbsent(member.name(), member.groups()));
        return PlanGroups.difference(groups);
    }

    @Override
    public Integer call() throws CommandFailure, ConfigException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<List<ClusterMember>> known = etcd.members(store.file());
        try (RoutedReads reads = store.open(spec.commandLine().getErr())) {
            Cluster cluster = reads.read(Cluster::of);
            Listing.print(format, members(), out, rows -> known.orElse(cluster.members())
                    .forEach(rows));
            if (format == OutputFormat.TABLE) {
                out.println();
            }
            Listing.print(format, units(), out, rows -> cluster.units().forEach(rows));
            difference(known.orElse(cluster.members()))
                    .ifPresent(spec.commandLine().getErr()::println);
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
        return ExitCode.DONE;
    }

    private static String key(SlotRecord slot) {
        return new WorkUnit(slot.slot().source(), slot.slot().interval(), slot.member()).key();
    }

    private static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : WireForms.time(time);
    }

    private static Layout<ClusterMember> members() {
        return new Layout<>(
                List.of(
                        Column.text("member", ClusterMember::name),
                        Column.text("state", member -> member.live() ? "live" : "gone"),
                        Column.text("since", member -> time(member.since())),
                        Column.text("lease until", member -> time(member.expires())),
                        Column.text("takes part in", member -> PlanGroups.works(member.groups())),
                        Column.text("plan", member -> PlanGroups.plan(member.groups())),
                        Column.text("incarnation", ClusterMember::incarnation)),
                ClusterStatusCommand::json);
    }

    private static Map<String, @Nullable Object> json(ClusterMember member) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("member", member.name());
        form.put("incarnation", member.incarnation());
        form.put("live", member.live());
        form.put("since", time(member.since()));
        form.put("lease_until", time(member.expires()));
        form.put("groups", member.groups());
        form.put("plan", PlanGroups.plan(member.groups()));
        return form;
    }

    private static Layout<Owned> units() {
        return new Layout<>(
                List.of(
                        Column.text("source", owned -> owned.owner().unit().source()),
                        Column.number(
                                "interval",
                                owned -> owned.owner().unit().interval().toSeconds()),
                        Column.text("unit", owned -> owned.owner().unit().name()),
                        Column.text("owner", owned -> owned.owner().tenure().owner()),
                        Column.number("epoch", owned -> owned.owner().tenure().epoch()),
                        Column.text(
                                "since", owned -> WireForms.time(owned.owner().since())),
                        Column.text(
                                "newest slot",
                                owned -> newest(
                                        owned,
                                        slot -> WireForms.time(slot.slot().start()))),
                        Column.text("state", owned -> newest(owned, ClusterStatusCommand::state)),
                        Column.text("reasons", owned -> newest(owned, ClusterStatusCommand::reasons))),
                ClusterStatusCommand::json);
    }

    private static @Nullable String newest(Owned owned, Function<SlotRecord, String> what) {
        return owned.newest() == null ? null : what.apply(owned.newest());
    }

    private static String state(SlotRecord slot) {
        boolean isNothing = !slot.reasons().isEmpty() && slot.reasons().stream().allMatch(Shortfall::isNothing);
        return isNothing ? "no service" : slot.state().name().toLowerCase(Locale.ROOT);
    }

    private static String reasons(SlotRecord slot) {
        return slot.reasons().stream().map(Shortfall::detail).collect(Collectors.joining("; "));
    }

    private static Map<String, @Nullable Object> json(Owned owned) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("source", owned.owner().unit().source());
        form.put("interval", owned.owner().unit().interval().toSeconds());
        form.put("unit", owned.owner().unit().name());
        form.put("owner", owned.owner().tenure().owner());
        form.put("epoch", owned.owner().tenure().epoch());
        form.put("since", WireForms.time(owned.owner().since()));
        form.put("newest_slot", newest(owned, slot -> WireForms.time(slot.slot().start())));
        form.put("state", newest(owned, ClusterStatusCommand::state));
        form.put("reasons", newest(owned, ClusterStatusCommand::reasons));
        return form;
    }
}
