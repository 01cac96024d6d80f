// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AuditKey;
import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells for every instance that lived in a period that it existed: what {@code _instance_usage_audit} of nova-compute does for the instances of
 * its host, for those of one share. Each instance is in exactly one share, whenever the audit is done, wherever it has migrated, and whatever
 * becomes known of that meanwhile. Nothing is told before all that happened in the period is known.
 */
public final class UsageAuditor implements Auditor {
    /** The name of Nova's task. */
    public static final String TASK = "instance_usage_audit";

    private final AuditOptions options;
    private final Inventory inventory;
    private final AuditBook book;
    private final AuditSink sink;
    private final Bandwidth bandwidth;

    /** One whose events carry no traffic. */
    public UsageAuditor(AuditOptions options, Inventory inventory, AuditBook book, AuditSink sink) {
        this(options, inventory, book, sink, Bandwidth.NONE);
    }

    /** @param bandwidth what events carry along */
    public UsageAuditor(
            AuditOptions options, Inventory inventory, AuditBook book, AuditSink sink, Bandwidth bandwidth) {
        this.bandwidth = bandwidth;
        this.options = options;
        this.inventory = inventory;
        this.book = book;
        this.sink = sink;
    }

    @Override
    public String task() {
        return TASK;
    }

    @Override
    public AuditKey key(Period period, int share) {
        return new AuditKey(TASK, scope(inventory.partition(), share), period);
    }

    @Override
    public boolean inOrder() {
        return false;
    }

    /** What a share is called, for people and in the book. */
    public static String scope(int share) {
        return scope("hosts", share);
    }

    private static String scope(String partition, int share) {
        if (share < 0 || share >= HostShare.COUNT) {
            throw new IllegalArgumentException("there is no share " + share + " of " + partition);
        }
        return partition + "/" + share;
    }

    /** What broke off goes on after the last instance that is in the ledger. */
    @Override
    public AuditResult run(Period period, int share) {
        try {
            Instant needed = period.end().plus(options.settle());
            Inventory.Place place = inventory.place(needed);
            Optional<AuditResult> obstacle = obstacle(place, period, needed);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            Inventory.Window window = inventory.window(period, share, needed);
            Optional<AuditResult> elsewhere = obstacle(window.place(), period, needed);
            if (elsewhere.isPresent()) {
                return elsewhere.get();
            }
            Optional<Bandwidth.Traffic> traffic = bandwidth.of(period);
            return traffic.isEmpty()
                    ? new AuditResult.Held("the bandwidth of the period is not counted yet")
                    : run(key(period, share), window, traffic.get());
        } catch (AuditException e) {
            return new AuditResult.Failed(String.valueOf(e.getMessage()));
        }
    }

    /** What the book says of where it was read is true of the instances: they are here already when it is begun. */
    private AuditResult run(AuditKey key, Inventory.Window window, Bandwidth.Traffic traffic) throws AuditException {
        Optional<AuditBook.Hold> hold = book.begin(key, window.place());
        return hold.isEmpty()
                ? new AuditResult.Taken()
                : tell(key.period(), window, traffic, new EventTelling(hold.get(), sink));
    }

    private static AuditResult tell(
            Period period, Inventory.Window window, Bandwidth.Traffic traffic, EventTelling telling)
            throws AuditException {
        List<ExistsEvent> events = window.instances().stream()
                .map(instance -> ExistsEvent.of(instance, period, traffic.of(instance.id())))
                .toList();
        try {
            return telling.tell(events, remark(window.unsure()), window.unsure().size());
        } catch (AuditException e) {
            telling.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static String remark(List<String> unsure) {
        return unsure.isEmpty()
                ? ""
                : "how they were at the end of the period is not certain of " + SomeNames.instances(unsure);
    }

    private static Optional<AuditResult> obstacle(Inventory.Place place, Period period, Instant needed) {
        Instant from = place.from();
        Instant watermark = place.watermark();
        if (from == null || watermark == null) {
            return Optional.of(new AuditResult.Held("nobody has read the whole cloud yet (" + place.source() + ")"));
        }
        if (from.isAfter(period.begin())) {
            return Optional.of(new AuditResult.NotKnown("the inventory begins at " + from));
        }
        return watermark.isBefore(needed)
                ? Optional.of(new AuditResult.Held("the inventory is complete up to " + watermark + " ("
                        + place.source() + "), needed is " + needed))
                : Optional.empty();
    }
}
