// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.collector.Surroundings;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.ownership.EpochException;
import io.nephometer.coordination.ownership.OwnershipLoop;
import io.nephometer.coordination.ownership.OwnershipObserver;
import io.nephometer.coordination.ownership.Unit;
import io.nephometer.model.HostShare;
import io.nephometer.model.WorkUnit;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.StateLog;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of any number of processes that audit: it owns a share of the hosts, and does what is due of it now and then. Who owns what only keeps
 * them from getting in each other's way; that an audit is done once is seen to by the book.
 */
final class AuditAgent {
    /** What members of this work take part in. */
    static final String GROUP = "audit";

    private static final Logger LOG = LoggerFactory.getLogger(AuditAgent.class);
    private static final Duration REMINDER = Duration.ofMinutes(10);

    /** Part of the names of units in the ledger, whatever the spacing is. */
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Coordinator coordinator;
    private final OwnershipLoop ownership;
    private final Map<String, Integer> shares = new LinkedHashMap<>();
    private final List<AuditRounds> rounds;
    private final Supplier<Optional<Ledger>> ledger;
    private final Duration spacing;
    private final StateLog log;
    private final StateLog leftLog;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("audits").daemon().factory());
    private volatile Health last = new Health.Degraded("no round was done yet");

    /**
     * Does nothing until it is started.
     *
     * @param coordinator closed with this
     * @param rounds one for each task
     */
    AuditAgent(
            String member,
            Coordinator coordinator,
            List<AuditRounds> rounds,
            Supplier<Optional<Ledger>> ledger,
            Duration spacing,
            Surroundings surroundings) {
        this.coordinator = coordinator;
        this.rounds = List.copyOf(rounds);
        this.ledger = ledger;
        this.spacing = spacing;
        this.log = new StateLog(LOG, "audits", REMINDER, surroundings.ticker());
        this.leftLog = new StateLog(LOG, "audits out of reach", Duration.ofDays(1), surroundings.ticker());
        IntStream.range(0, HostShare.COUNT)
                .forEach(share -> shares.put(unit(share).key(), share));
        ownership = new OwnershipLoop(
                coordinator,
                this::epoch,
                Member.starting(member, Set.of(GROUP)),
                GROUP,
                _ -> {},
                OwnershipObserver.none(),
                surroundings.ticker());
    }

    private static WorkUnit unit(int share) {
        return new WorkUnit(GROUP, INTERVAL, UsageAuditor.scope(share));
    }

    private long epoch(String unit, String owner) throws EpochException {
        try {
            Ledger open = ledger.get().orElseThrow(() -> new EpochException("the ledger cannot be reached", null));
            Integer share = shares.get(unit);
            if (share == null) {
                throw new IllegalArgumentException("no share of hosts is called " + unit);
            }
            return open.epochs().begin(unit(share), owner).tenure().epoch();
        } catch (LedgerException e) {
            throw new EpochException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Joins the others, and begins to look. */
    void start() {
        ownership.work(
                shares.keySet().stream().map(key -> new Unit(key, INTERVAL)).toList());
        ownership.start();
        // Cancelled with its thread; failures are caught in the round.
        ScheduledFuture<?> _ =
                thread.scheduleWithFixedDelay(this::round, 1_000, spacing.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A task that breaks off keeps no other from its turn. */
    private void round() {
        try {
            List<Integer> mine = ownership.owned().keySet().stream()
                    .filter(shares::containsKey)
                    .map(shares::get)
                    .toList();
            Map<String, AuditRounds.Report> reports = new LinkedHashMap<>();
            Map<String, String> failures = new LinkedHashMap<>();
            boolean more = false;
            for (AuditRounds one : rounds) {
                try {
                    AuditRounds.Report report = one.run(mine);
                    reports.put(one.task(), report);
                    more |= report.more();
                } catch (AuditException e) {
                    failures.put(one.task(), String.valueOf(e.getMessage()));
                }
            }
            note(mine.size(), reports, failures);
            if (more) {
                // Who owns what is asked again, and all tasks have their turn.
                again();
            }
        } catch (RuntimeException e) {
            last = new Health.Degraded("a defect of the program, please report it: " + e);
            LOG.error("A defect: a round of audits failed", e);
        }
    }

    private void again() {
        try {
            // Ends with its thread; failures are caught in the round.
            Future<?> _ = thread.submit(this::round);
        } catch (RejectedExecutionException e) {
            LOG.debug("Audits are being closed; what is left is done after the next start");
        }
    }

    private void note(int mine, Map<String, AuditRounds.Report> reports, Map<String, String> failures) {
        StringBuilder text = new StringBuilder(mine + " of " + HostShare.COUNT + " shares of the cloud");
        String overdue = null;
        StringBuilder left = new StringBuilder();
        int done = 0;
        for (Map.Entry<String, AuditRounds.Report> entry : reports.entrySet()) {
            AuditRounds.Report report = entry.getValue();
            String why = report.why() == null ? "" : ": " + report.why();
            if (report.overdue() != null && overdue == null) {
                overdue = entry.getKey() + " of " + report.overdue() + " is not done" + why;
            }
            if (report.why() != null) {
                text.append("; ").append(entry.getKey()).append(why);
            }
            if (report.left() != null) {
                left.append(left.isEmpty() ? "" : "; ")
                        .append(entry.getKey())
                        .append(" of ")
                        .append(report.left());
            }
            done += report.done();
        }
        String failed = failures.entrySet().stream()
                .map(one -> one.getKey() + ": " + one.getValue() + "; it is tried again")
                .collect(Collectors.joining("; "));
        if (!failed.isEmpty()) {
            last = new Health.Degraded(overdue == null ? failed : failed + "; " + overdue);
            log.trouble("failed", failed);
        } else if (overdue != null) {
            last = new Health.Degraded(overdue);
            log.trouble("overdue", overdue);
        } else {
            last = new Health.Up(left.isEmpty() ? text.toString() : text + "; " + left);
            log.well("nothing is overdue");
        }
        // Of a task that failed nobody knows whether all is well.
        if (failures.isEmpty() || !left.isEmpty()) {
            noteLeft(left.toString());
        }
        if (done > 0) {
            LOG.info("{} audits done", done);
        }
    }

    /** Nothing mends it any more, so it is told and is no state of this process. */
    private void noteLeft(String left) {
        if (left.isEmpty()) {
            leftLog.well("no audit is out of reach");
        } else {
            leftLog.trouble(left, left);
        }
    }

    /** Whether anything is overdue; how it takes part in the work, where nothing is. */
    Health health() {
        Health now = last;
        Health owns = ownership.health();
        return now instanceof Health.Up && !(owns instanceof Health.Up) ? owns : now;
    }

    /** Ends the round that is under way, and leaves. */
    void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("An audit does not end within {} s; whoever goes on waits for its lease", PATIENCE.toSeconds());
            thread.shutdownNow();
        }
        ownership.close();
        coordinator.close();
    }
}
