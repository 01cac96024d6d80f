// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.collector.DeferredLedger;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.coordination.sql.SqlCoordinator;
import io.nephometer.coordination.sql.SqlEngine;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.WorkUnit;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.metrics.Metrics;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.central.UnitMeasuring;
import io.nephometer.sources.polling.duty.DutyOptions;
import io.nephometer.sources.polling.duty.LedgerClock;
import io.nephometer.sources.polling.spool.SpoolOptions;
import io.nephometer.store.LedgerConnections;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.testkit.servers.PrivatePostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several central agents in one process, each with its own connections, over one PostgreSQL. */
@Tag("server")
@Timeout(180)
class CentralPollingTest {
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration INTERVAL = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int WRITERS = 4;
    private static final int LOOKS = 2;
    /** As a process that does nothing else has them. */
    private static final LedgerOptions OPTIONS = new LedgerOptions(
            LedgerOptions.DEFAULTS.lockTimeout(),
            LedgerOptions.DEFAULTS.statementTimeout(),
            LedgerOptions.DEFAULTS.readTimeout(),
            LedgerOptions.DEFAULTS.connectTimeout(),
            WRITERS,
            CentralPollingAssembly.READERS,
            LedgerOptions.DEFAULTS.maxMembers(),
            CommitProbe.NONE);

    private static final Meter SIZE = new Meter("volume.size", MeterType.GAUGE, "GiB");
    private static final PrivatePostgres SERVER = new PrivatePostgres();
    private static final Definitions DEFINITIONS = Definitions.shipped(DefinitionOptions.DEFAULTS);

    @TempDir
    Path folder;

    private final List<WorkUnit> work = IntStream.range(0, 12)
            .mapToObj(i -> new WorkUnit("central", INTERVAL, "volumes/" + i))
            .toList();

    /** Who measured which slot of which unit. */
    private final Map<String, Queue<String>> measured = new ConcurrentHashMap<>();

    private final List<AutoCloseable> opened = new ArrayList<>();
    private StoreUrl url = StoreUrl.parse("sqlite:unused");
    private int databases;

    @BeforeAll
    static void startServer() {
        SERVER.start();
    }

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    @BeforeEach
    void makeLedger() {
        url = StoreUrl.parse(SERVER.createDatabase("central" + System.nanoTime()));
        Ledgers.migrate(url, LedgerOptions.DEFAULTS);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    private CentralPolling start(String name) {
        return start(name, Duration.ZERO);
    }

    /** Starts a member whose own clock is that much behind. */
    private CentralPolling start(String name, Duration behind) {
        return start(name, behind, work);
    }

    private CentralPolling start(String name, Duration behind, List<WorkUnit> units) {
        InstantSource wall = () -> now().minus(behind);
        LedgerClock clock = new LedgerClock(wall, Ticker.system());
        LedgerConnections database = Ledgers.connections(url, OPTIONS, CentralPollingAssembly.CONNECTIONS)
                .orElseThrow();
        opened.add(database);
        DeferredLedger ledger =
                new DeferredLedger(() -> Ledgers.open(url, OPTIONS, WallClock.system()), Ticker.system());
        opened.add(ledger);
        Metrics metrics = new Metrics();
        opened.add(metrics);
        CentralPolling polling = new CentralPolling(
                new CentralPolling.Parts(
                        name,
                        new SqlCoordinator(database.source(), SqlEngine.POSTGRESQL, LEASE),
                        units,
                        units.toString(),
                        measuring(name, clock),
                        clock,
                        ledger::ledger,
                        CentralPolling.reach(Ticker.system(), LEASE),
                        ledger,
                        new NotificationProcessor(
                                new NotificationDecoder(8 << 20, TimeWindow.unlimited(WallClock.system())),
                                () -> DEFINITIONS,
                                dropped -> {}),
                        SpoolOptions.in(folder.resolve(name + ++databases)),
                        new DutyOptions(8, 0.1, Duration.ofMillis(500), Duration.ofMillis(500))),
                new Surroundings(name, metrics.registry(), new HealthRegistry(), wall, Ticker.system()));
        opened.add(polling);
        polling.start();
        return polling;
    }

    private UnitMeasuring measuring(String name, InstantSource clock) {
        return (unit, slot) -> {
            measured.computeIfAbsent(key(unit, slot), it -> new ConcurrentLinkedQueue<>())
                    .add(name);
            Sample sample = new Sample(
                    new Sample.Origin.Slotted(slot), SIZE, 5L, unit.name() + "-v", "p", "u", slot.start(), Map.of());
            MeasuringTime now =
                    new MeasuringTime(clock.instant(), Ticker.system().nanos());
            return new SlotMeasurements(slot, unit.name(), now, null, List.of(sample), List.of());
        };
    }

    private static String key(WorkUnit unit, Slot slot) {
        return unit.name() + " " + slot.start();
    }

    private List<SlotRecord> slots(Instant from, Instant to) {
        List<SlotRecord> records = new ArrayList<>();
        try (Ledger ledger = Ledgers.open(url, LedgerOptions.DEFAULTS, WallClock.system())) {
            ledger.slots().slots(SlotQuery.ALL.between(from, to), records::add);
        }
        return records;
    }

    private static Instant now() {
        return WallClock.system().instant();
    }

    private static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(PATIENCE);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static boolean isUp(CentralPolling polling) {
        return polling.health() instanceof Health.Up;
    }

    /** The slot that begins after now. */
    private Instant nextSlot() {
        return work.getFirst().slotAt(now()).end();
    }

    private void awaitSlots(Instant from, int count) {
        Instant end = from.plus(INTERVAL.multipliedBy(count));
        await(
                "slots until " + end + " are done",
                () -> !now().isBefore(end)
                        && slots(from, end).stream()
                                        .filter(slot -> slot.state() == SlotState.DONE)
                                        .count()
                                == (long) count * work.size());
    }

    @Test
    void eachSlotOfEachUnit_isMeasuredByOneOfThem() {
        CentralPolling a = start("central-1");
        CentralPolling b = start("central-2");
        CentralPolling c = start("central-3");
        await("all have their share", () -> isUp(a) && isUp(b) && isUp(c));
        Instant from = nextSlot().plus(INTERVAL);

        awaitSlots(from, 3);

        Instant end = from.plus(INTERVAL.multipliedBy(3));
        List<String> members = new ArrayList<>();
        for (WorkUnit unit : work) {
            for (Slot slot = unit.slotAt(from); slot.start().isBefore(end); slot = slot.next()) {
                assertThat(measured.get(key(unit, slot))).as(key(unit, slot)).hasSize(1);
                members.addAll(measured.get(key(unit, slot)));
            }
        }
        assertThat(members).contains("central-1", "central-2", "central-3");
        assertThat(samples(from, end)).isEqualTo(3 * work.size());
    }

    /** Eight of them, and those who look after the server, have room in the hundred connections of one that nobody has tuned. */
    @Test
    void aMember_opensNoMoreConnectionsThanIsWritten() throws Exception {
        List<Integer> seen = new ArrayList<>();
        try (LedgerConnections apart =
                        Ledgers.connections(url, LedgerOptions.DEFAULTS, 1).orElseThrow();
                Connection connection = apart.source().getConnection();
                PreparedStatement others = connection.prepareStatement("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()")) {
            start("central-1");
            await("two slots of each unit were measured", () -> {
                seen.add(count(others));
                return measured.size() >= 2 * work.size();
            });
        }
        int most = Collections.max(seen);
        assertThat(most)
                .isBetween(
                        LOOKS + 1,
                        WRITERS + CentralPollingAssembly.READERS + LOOKS + CentralPollingAssembly.CONNECTIONS)
                .isLessThanOrEqualTo(10);
    }

    private static int count(PreparedStatement query) {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int samples(Instant from, Instant to) {
        List<Sample> samples = new ArrayList<>();
        try (Ledger ledger = Ledgers.open(url, LedgerOptions.DEFAULTS, WallClock.system())) {
            ledger.reader().samples(LedgerQuery.ALL, samples::add);
        }
        return (int) samples.stream()
                .filter(sample ->
                        !sample.timestamp().isBefore(from) && sample.timestamp().isBefore(to))
                .count();
    }

    /** Less than what would keep it from owning anything, and more than the time from the start of a slot to its measuring. */
    @Test
    void aMemberWhoseClockIsALittleBehind_measuresBySlotsOfTheLedgersTime() {
        CentralPolling late = start("central-1", Duration.ofSeconds(3));
        await("it has all", () -> isUp(late));
        Instant from = nextSlot();

        awaitSlots(from, 2);

        assertThat(samples(from, from.plus(INTERVAL.multipliedBy(2)))).isEqualTo(2 * work.size());
    }

    @Test
    void whoLeavesAndWhoJoins_makesNoHole_andDoublesNothing() throws Exception {
        CentralPolling a = start("central-1");
        await("the first has all", () -> isUp(a));
        Instant from = nextSlot();
        CentralPolling b = start("central-2");
        await("the second has its share", () -> isUp(b));
        awaitSlots(from, 2);
        a.close();
        start("central-3");

        awaitSlots(from, 6);

        Instant end = from.plus(INTERVAL.multipliedBy(6));
        assertThat(slots(from, end))
                .allSatisfy(slot -> assertThat(slot.samples()).isEqualTo(1));
        assertThat(samples(from, end)).isEqualTo(6 * work.size());
    }

    /** It takes connections and answers nothing, so that each question would last for a minute. Costs about 30 s. */
    @Test
    void aLedgerThatFreezes_keepsNobodyFromMeasuring_andHasAllInTheEnd() {
        CentralPolling only = start("central-1");
        await("it has all", () -> isUp(only));
        Instant from = nextSlot().plus(INTERVAL);
        await("a slot has begun", () -> now().isAfter(from));
        int frozen = 3;
        Instant thawed = from.plus(INTERVAL.multipliedBy(frozen));
        SERVER.freeze();
        try {
            await("slots have gone by", () -> now().isAfter(thawed));
        } finally {
            SERVER.thaw();
        }

        for (Slot slot = work.getFirst().slotAt(from); slot.start().isBefore(thawed); slot = slot.next()) {
            for (WorkUnit unit : work) {
                assertThat(measured).containsKey(key(unit, unit.slotAt(slot.start())));
            }
        }
        awaitSlots(from, frozen);
        assertThat(samples(from, thawed)).isEqualTo(frozen * work.size());
    }

    /** As in a rolling upgrade. */
    @Test
    void whatOnlySomeKnow_isDoneByThem_andWhoHasWhichPlanIsSaid() {
        List<WorkUnit> images = IntStream.range(0, 12)
                .mapToObj(i -> new WorkUnit("central", INTERVAL, "images/" + i))
                .toList();
        List<WorkUnit> all = Stream.concat(work.stream(), images.stream()).toList();
        CentralPolling old = start("old", Duration.ZERO);
        CentralPolling upgraded = start("upgraded", Duration.ZERO, all);

        await(
                "all are owned",
                () -> !old.owned().isEmpty()
                        && old.owned().size() + upgraded.owned().size() == all.size());
        assertThat(upgraded.owned())
                .containsAll(images.stream().map(WorkUnit::key).toList())
                .doesNotContainAnyElementsOf(old.owned());
        assertThat(List.of(old, upgraded)).allSatisfy(member -> assertThat(member.health())
                .isInstanceOfSatisfying(Health.Degraded.class, degraded -> assertThat(degraded.detail())
                        .contains("different plans", "of old", "of upgraded")));
        Instant from = nextSlot();
        Instant end = from.plus(INTERVAL);
        await(
                "each is measured",
                () -> slots(from, end).stream()
                                .filter(slot -> slot.state() == SlotState.DONE)
                                .count()
                        == all.size());
    }
}
