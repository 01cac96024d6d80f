// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.app.compute.PolledMessages;
import io.nephometer.app.ingest.Ingest;
import io.nephometer.app.ingest.Tally;
import io.nephometer.model.Bytes;
import io.nephometer.model.Fate;
import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.batch.BatchLimits;
import io.nephometer.pipeline.decode.Decoded;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.notifications.InProcessBus;
import io.nephometer.sources.notifications.InProcessReceiver;
import io.nephometer.sources.polling.bus.EnvelopeOptions;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A recorded cloud, sent again over a bus inside this process at a pace that one can watch, with faults: broken messages,
 * repeated ones, and a ledger that goes away. Meanwhile the hosts of a simulated cloud and its public APIs are polled into the same
 * ledger; of the three agents that share the APIs, one is killed. At the end everything is counted against what was sent and handed over, and the sums are compared with those of a run without faults.
 */
public final class Demo {
    private static final int BUS_CAPACITY = 20_000;
    private static final int MAX_BODY_BYTES = 8 << 20;
    /** Central agents measure less often than those of the hosts. */
    private static final int CENTRAL_INTERVALS = 2;

    /** Small batches, so that there is something to see. */
    private static final BatchLimits LIMITS = new BatchLimits(50, 1 << 20, Duration.ofMillis(200));

    private final Path folder;
    private final FleetOptions fleet;
    private final Duration outage;
    private final InstantSource clock;
    private final Ticker ticker;
    private final NotificationDecoder decoder;
    private final Definitions definitions = Definitions.shipped(DefinitionOptions.DEFAULTS);

    /**
     * @param folder where the two ledgers are made
     * @param fleet what is polled
     * @param outage how long the ledger is away
     */
    public Demo(Path folder, FleetOptions fleet, Duration outage, InstantSource clock, Ticker ticker) {
        this.folder = folder;
        this.fleet = fleet;
        this.outage = outage;
        this.clock = clock;
        this.ticker = ticker;
        this.decoder = new NotificationDecoder(MAX_BODY_BYTES, TimeWindow.unlimited(clock));
    }

    /**
     * Where the demonstration stands.
     *
     * @param slots of hosts that were measured and taken
     * @param load what the agents did, and what Nova felt of it, in the last minute
     */
    public record Moment(
            int sent,
            int toSend,
            int onTheBus,
            long events,
            long samples,
            int slots,
            boolean ledgerAway,
            FleetLoad load) {}

    /**
     * Runs it.
     *
     * @param length how long the sending takes
     * @param watch told of each moment
     * @throws IOException if the simulated cloud cannot listen
     */
    public DemoResult run(Duration length, Consumer<Moment> watch) throws IOException, InterruptedException {
        Replay replay = Replay.withFaults();
        Tally tally = new Tally();
        try (Ledger ledger = open("demo.db")) {
            OutageLedger leaving = new OutageLedger(ledger, outage, ticker);
            SlotBook book = new SlotBook(
                    new PolledMessages(new PollingEnvelope(EnvelopeOptions.defaults()), processor(), leaving));
            try (Fleet polled = new Fleet(fleet, book, clock, ticker);
                    CentralCrew crew = crew(polled)) {
                polled.start();
                crew.start(() -> leaving.isOut() ? Optional.empty() : Optional.of(ledger), leaving, this::processor);
                Optional<String> failure = send(replay, length, leaving, tally, book, polled, crew, watch);
                Fleet.Run run = polled.finish();
                CentralCrew.Run central = crew.finish();
                return new DemoResult(
                        replay.recorded(),
                        replay.broken(),
                        replay.repeated(),
                        tally.summary(),
                        tally.count(Fate.DUPLICATE),
                        leaving.refused(),
                        Audit.of(ledger, ids(replay), nameless(replay)),
                        undisturbed(),
                        FleetAudit.of(ledger, run),
                        CentralAudit.of(ledger, central),
                        failure.orElse(""));
            }
        }
    }

    private CentralCrew crew(Fleet polled) {
        Duration interval = fleet.interval().multipliedBy(CENTRAL_INTERVALS);
        return new CentralCrew(interval, folder.resolve("central"), polled.cloud(), clock, ticker);
    }

    /** Ends when all that was sent is in the ledger; otherwise why it is not. */
    private Optional<String> send(
            Replay replay,
            Duration length,
            OutageLedger leaving,
            Tally tally,
            SlotBook book,
            Fleet polled,
            CentralCrew crew,
            Consumer<Moment> watch)
            throws InterruptedException {
        InProcessBus bus = new InProcessBus(BUS_CAPACITY);
        try (InProcessReceiver receiver = new InProcessReceiver(bus)) {
            Sender sender = new Sender(replay, bus, length, ticker);
            Thread sending = Thread.ofVirtual()
                    .name("sender")
                    .start(() -> sender.run(sent -> {
                        if (sent == replay.messages().size() / 4) {
                            crew.kill();
                        }
                        if (sent == replay.messages().size() / 2) {
                            leaving.begin();
                        }
                        if (sent % 20 == 0) {
                            watch.accept(moment(sent, replay, bus, tally, book, leaving, polled.look()));
                        }
                    }));
            receiver.start();
            Optional<String> failure = new Ingest(
                            new EndingReceiver(receiver, bus, sending), LIMITS, processor(), leaving, ticker, tally)
                    .run();
            sending.join();
            return failure;
        }
    }

    private static Moment moment(
            int sent,
            Replay replay,
            InProcessBus bus,
            Tally tally,
            SlotBook book,
            OutageLedger outage,
            FleetLoad load) {
        return new Moment(
                sent,
                replay.messages().size(),
                bus.depth(),
                tally.count(Fate.EVENT),
                tally.samples(),
                book.done(),
                outage.isOut(),
                load);
    }

    /** The same recordings without any fault, in a ledger of their own. */
    private Audit undisturbed() {
        Replay replay = Replay.clean();
        try (Ledger ledger = open("undisturbed.db")) {
            InProcessBus bus = new InProcessBus(BUS_CAPACITY);
            new Sender(replay, bus, Duration.ZERO, ticker).run(sent -> {});
            try (InProcessReceiver receiver = new InProcessReceiver(bus)) {
                receiver.start();
                Thread nobody = Thread.ofVirtual().start(() -> {});
                new Ingest(
                                new EndingReceiver(receiver, bus, nobody),
                                BatchLimits.defaults(),
                                processor(),
                                ledger,
                                ticker,
                                new Tally())
                        .run();
            }
            return Audit.of(ledger, ids(replay), Set.of());
        }
    }

    private Ledger open(String name) {
        return Ledgers.open(new StoreUrl.Sqlite(folder.resolve(name)), LedgerOptions.DEFAULTS, clock);
    }

    private NotificationProcessor processor() {
        return new NotificationProcessor(decoder, () -> definitions, dropped -> {});
    }

    private Set<String> ids(Replay replay) {
        Set<String> ids = new HashSet<>();
        for (RawMessage message : replay.messages()) {
            if (decoder.decode(message) instanceof Decoded.Notified notified) {
                ids.add(notified.id().text());
            }
        }
        return ids;
    }

    private Set<Bytes> nameless(Replay replay) {
        Set<Bytes> bodies = new HashSet<>();
        for (RawMessage message : replay.messages()) {
            if (decoder.decode(message) instanceof Decoded.Unreadable unreadable) {
                bodies.add(unreadable.raw().body());
            }
        }
        return bodies;
    }
}
