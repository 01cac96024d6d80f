// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.StoreRouting;
import io.nephometer.app.audit.Audits;
import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.StoreConfig;
import io.nephometer.model.HostShare;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.store.replica.RouterParts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nephometer audit run}. */
@Command(
        name = "run",
        description = "Do all audits that are due, of all hosts, now. What another process does or has done is left"
                + " alone, and nothing is told before the inventory is complete.")
final class AuditRunCommand implements Callable<Integer> {
    private static final String OWNER = "audit run";

    /** As long as commands that look wait to learn how the replicas stand. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private ProcessorOption processing;

    @Override
    public Integer call() throws CommandFailure, ConfigException {
        Configuration configuration = processing.configuration();
        AuditsConfig audits = configuration.audits();
        if (audits == null) {
            throw CommandFailure.usage("the file of --config says in no section audits what is audited", null);
        }
        try (Ledger ledger = store.openExisting();
                CellReading cells = CellReading.of(configuration)) {
            return isRouted(configuration)
                    ? routed(ledger, cells.inventory(), configuration.store(), audits)
                    : run(Audits.over(ledger, cells.inventory(), processing.processor(), audits, OWNER));
        } catch (AuditException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
    }

    /** The replicas of the file are those of its own ledger. */
    private boolean isRouted(Configuration configuration) throws CommandFailure {
        StoreConfig config = configuration.store();
        AuditsConfig audits = configuration.audits();
        return audits != null
                && audits.readsReplicas()
                && !config.slaveConnection().isEmpty()
                && StoreRouting.primary(config)
                        .toString()
                        .equals(store.address().toString());
    }

    private int routed(Ledger ledger, Optional<UnaryOperator<Inventory>> cells, StoreConfig config, AuditsConfig audits)
            throws CommandFailure, ConfigException, AuditException {
        RouterParts<LedgerView> parts = StoreRouting.parts(config, () -> ledger, WallClock.system());
        try (ReplicaRouter<LedgerView> router =
                parts.router(WallClock.system(), Ticker.system(), RouterObserver.NONE)) {
            router.settle(PATIENCE);
            router.start();
            return run(Audits.over(ledger, cells, router, config, processing.processor(), audits, OWNER));
        }
    }

    private static List<Integer> shares() {
        return IntStream.range(0, HostShare.COUNT).boxed().toList();
    }

    private int run(List<AuditRounds> rounds) throws CommandFailure, AuditException {
        String why = null;
        for (AuditRounds one : rounds) {
            AuditRounds.Report report = one.run(shares());
            int done = report.done();
            int due = report.due();
            while (report.more()) {
                report = one.run(shares());
                done += report.done();
                due += report.due();
            }
            spec.commandLine()
                    .getOut()
                    .println(one.task() + ": " + done + " of " + due
                            + " audits that were due are done"
                            + (report.overdue() == null ? "" : "; overdue since " + report.overdue())
                            + (report.left() == null ? "" : "; " + report.left()));
            why = why == null && report.why() != null ? one.task() + ": " + report.why() : why;
        }
        if (why != null) {
            throw CommandFailure.failed(why, null);
        }
        return ExitCode.DONE;
    }
}
