// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.runtime.WallClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import io.nephometer.store.ledger.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Central agents as processes over one PostgreSQL, against a simulated cloud: started, killed and stopped while they poll. */
@Tag("server")
@Timeout(400)
class CentralAgentsTest {
    /** Longer than the lease and the five seconds within which a lost member's work is to be taken over. */
    private static final Duration INTERVAL = Duration.ofSeconds(9);

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final int UNITS = 8;

    @TempDir
    Path folder;

    private final List<CentralProcess> members = new ArrayList<>();
    private SimulatedCloud cloud = new SimulatedCloud(SimulatedCloudOptions.of(WallClock.system(), 1, 1));
    private StoreUrl store = StoreUrl.parse("sqlite:unused");
    private String config = "";

    @BeforeEach
    void makeCloud() throws IOException {
        cloud.start();
        String url = Servers.postgres().url(Servers.newDatabase());
        store = StoreUrl.parse(url);
        Ledgers.migrate(store, LedgerOptions.DEFAULTS);
        Path pollsters = Files.createDirectories(folder.resolve("pollsters.d"));
        Files.writeString(
                pollsters.resolve("flavors.yaml"),
                IntStream.range(0, UNITS)
                        .mapToObj(CentralAgentsTest::definition)
                        .collect(Collectors.joining()));
        Path polling = Files.writeString(
                folder.resolve("polling.yaml"),
                "sources: [{name: central, interval: " + INTERVAL.toSeconds() + ", meters: ['flavor.*']}]\n");
        config = """
                store: {url: "%s"}
                openstack:
                  access: {auth_url: "%s", username: admin, password: simulated, project_name: admin}
                central:
                  name: %%s
                  lease: %ds
                  polling: %s
                  pollsters: [%s]
                  spool: %%s
                """.formatted(url, cloud.authUrl(), LEASE.toSeconds(), polling, pollsters);
    }

    private static String definition(int number) {
        return """
                - name: flavor.m%d.ram
                  sample_type: gauge
                  unit: MiB
                  endpoint_type: compute
                  url_path: flavors/detail?limit=%d
                  response_entries_key: flavors
                  value_attribute: ram
                """.formatted(number, 100 + number);
    }

    @AfterEach
    void end() {
        members.forEach(CentralProcess::close);
        cloud.close();
    }

    private CentralProcess start(String name) throws IOException {
        CentralProcess member = CentralProcess.start(folder, name, config);
        members.add(member);
        return member;
    }

    private static Instant now() {
        return WallClock.system().instant();
    }

    private static Instant nextSlot() {
        return Slot.at("central", INTERVAL, now()).end();
    }

    private static void waitUntil(Instant time) {
        while (now().isBefore(time)) {
            LockSupport.parkNanos(Duration.between(now(), time).toNanos());
        }
    }

    private <T> T read(Function<Ledger, T> what) {
        try (Ledger ledger = Ledgers.open(store, LedgerOptions.DEFAULTS, WallClock.system())) {
            return what.apply(ledger);
        }
    }

    private List<SlotRecord> slots(Instant from, Instant to) {
        return read(ledger -> {
            List<SlotRecord> records = new ArrayList<>();
            ledger.slots().slots(SlotQuery.ALL.between(from, to), records::add);
            return records;
        });
    }

    private void awaitDone(Instant from, Instant to) {
        long expected = Duration.between(from, to).dividedBy(INTERVAL) * UNITS;
        Await.until(
                "all slots from " + from + " to " + to + " are done",
                () -> logs(from, to),
                () -> slots(from, to).stream()
                                .filter(slot -> slot.state() == SlotState.DONE)
                                .count()
                        == expected);
    }

    private String logs(Instant from, Instant to) {
        return slots(from, to) + "\n"
                + members.stream().map(CentralProcess::log).collect(Collectors.joining("\n"));
    }

    private long listings() {
        return cloud.requests().count(request -> request.path().contains("flavors/detail"));
    }

    @Test
    void membersThatAreKilled_stopped_andAdded_leaveNoHole_andDoubleNothing() throws Exception {
        start("central-1").awaitShare();
        CentralProcess second = start("central-2");
        CentralProcess third = start("central-3");
        second.awaitShare();
        third.awaitShare();
        Instant from = nextSlot();
        waitUntil(from);
        long before = listings();
        Instant undisturbed = from.plus(INTERVAL);
        awaitDone(from, undisturbed);
        waitUntil(undisturbed);
        assertThat(listings() - before).as("listings of a period").isEqualTo(UNITS);

        second.kill();
        third.signal("STOP");
        start("central-4");
        waitUntil(undisturbed.plus(INTERVAL));
        third.signal("CONT");
        Instant to = undisturbed.plus(INTERVAL.multipliedBy(2));
        awaitDone(from, to);

        Map<String, Integer> counted = new HashMap<>();
        for (Sample sample : samples(from, to)) {
            counted.merge(
                    sample.meter().name() + " " + sample.resourceId() + " " + sample.timestamp(), 1, Integer::sum);
        }
        assertThat(counted.values()).containsOnly(1);
        int flavors = cloud.cloud().flavors().size();
        assertThat(counted).hasSize(3 * UNITS * flavors);
        assertThat(third.metric("nephometer_central_dropped_total")).isEqualTo(1);
    }

    private List<Sample> samples(Instant from, Instant to) {
        return read(ledger -> {
            List<Sample> samples = new ArrayList<>();
            ledger.reader().samples(LedgerQuery.ALL, samples::add);
            return samples.stream()
                    .filter(sample -> !sample.timestamp().isBefore(from)
                            && sample.timestamp().isBefore(to))
                    .toList();
        });
    }
}
