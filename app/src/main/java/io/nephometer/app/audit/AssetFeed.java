// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.inventory.shared.feed.AssetVersions;
import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.Reason;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.ledger.InventoryDesk;
import io.nephometer.store.ledger.InventoryReader.Mark;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps hosts, flavors, volumes and attachments in the ledger's inventory. None of their lists can be asked for changes alone, so each is
 * read whole now and then, by one process; notifications tell of changes sooner. One list that fails does not hold the others up. Used by one
 * thread.
 */
final class AssetFeed {
    private static final Logger LOG = LoggerFactory.getLogger(AssetFeed.class);
    private static final Duration REMINDER = Duration.ofMinutes(10);
    /** Rows that are written at once. */
    private static final int CHUNK = 500;

    private final Supplier<Optional<Ledger>> ledger;
    private final List<Source> sources;
    private final String reader;
    private final Duration lease;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Map<AssetKind, StateLog> logs = new EnumMap<>(AssetKind.class);
    private final Counter versions;

    /** A list of a service, of one kind or of several. */
    record Source(Set<AssetKind> kinds, Reading reading) {
        /** Reads it to its end. */
        @FunctionalInterface
        interface Reading {
            void read(Instant told, Consumer<AssetVersion> each) throws ApiException;
        }

        AssetKind first() {
            return kinds.iterator().next();
        }
    }

    /**
     * A feed that has asked nothing yet.
     *
     * @param reader who this is, among those that could read
     * @param lease how long others leave it to him
     */
    AssetFeed(
            Supplier<Optional<Ledger>> ledger,
            List<Source> sources,
            String reader,
            Duration lease,
            InstantSource clock,
            Ticker ticker,
            MeterRegistry registry) {
        this.ledger = ledger;
        this.sources = List.copyOf(sources);
        this.reader = reader;
        this.lease = lease;
        this.clock = clock;
        this.ticker = ticker;
        this.versions = registry.counter("nephometer.inventory.asset.versions");
        for (AssetKind kind : AssetKind.values()) {
            logs.put(kind, new StateLog(LOG, "The inventory of " + source(kind), REMINDER, ticker));
        }
    }

    /** What the mark of a kind is called. */
    static String source(AssetKind kind) {
        String service =
                switch (kind) {
                    case HOST, FLAVOR -> "nova/";
                    case VOLUME, ATTACHMENT -> "cinder/";
                };
        return service + kind.name().toLowerCase(Locale.ROOT);
    }

    /** The lists of a cloud. */
    static List<Source> of(OpenStackCloud cloud) {
        return List.of(
                new Source(EnumSet.of(AssetKind.HOST), (told, each) -> cloud.nova()
                        .hypervisors(Reason.HYPERVISOR, one -> AssetVersions.of(one, told)
                                .ifPresent(each))),
                new Source(EnumSet.of(AssetKind.FLAVOR), (told, each) -> cloud.nova()
                        .flavors(Reason.FLAVOR, one -> AssetVersions.of(one, told)
                                .ifPresent(each))),
                new Source(EnumSet.of(AssetKind.VOLUME, AssetKind.ATTACHMENT), (told, each) -> cloud.cinder()
                        .volumes(Reason.DISCOVERY, one -> AssetVersions.ofVolume(one, told)
                                .forEach(each))));
    }

    /** Reads all lists, if this is the one that does. Never fails. */
    void run() {
        for (Source source : sources) {
            StateLog log = log(source);
            try {
                Optional<Ledger> open = ledger.get();
                if (open.isPresent() && open.get().inventoryDesk().lease(source(source.first()), reader, lease)) {
                    read(source, open.get());
                    log.well("kept again");
                }
            } catch (ApiException | LedgerException e) {
                log.trouble("failed", e.getMessage() + "; it is read again");
            } catch (RuntimeException e) {
                log.trouble("defect", "a defect of the program, please report it: " + e);
                LOG.debug("A reading of {} met a defect", source.kinds(), e);
            }
        }
    }

    private StateLog log(Source source) {
        StateLog log = logs.get(source.first());
        if (log == null) {
            throw new IllegalStateException("no log of " + source.kinds());
        }
        return log;
    }

    private void read(Source source, Ledger open) throws ApiException {
        InventoryDesk desk = open.inventoryDesk();
        Instant begun = clock.instant();
        long tick = ticker.nanos();
        List<AssetVersion> told = new ArrayList<>();
        source.reading().read(begun, told::add);
        for (int from = 0; from < told.size(); from += CHUNK) {
            versions.increment(desk.putAssets(told.subList(from, Math.min(told.size(), from + CHUNK))));
        }
        for (AssetKind kind : source.kinds()) {
            int ended = desk.toldAllAssetsSince(kind, begun);
            Instant complete = open.inventory()
                    .mark(source(kind))
                    .filter(Mark::isBelieved)
                    .map(Mark::until)
                    .orElse(begun);
            boolean _ = desk.complete(source(kind), complete, begun, Duration.ofNanos(ticker.nanos() - tick));
            if (ended > 0) {
                LOG.info("{} of {} are gone", ended, source(kind));
            }
        }
    }
}
