// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop on its real threads, at a moment that stands still in a slot. */
@Timeout(60)
class DutyLoopTest {
    private static final WorkUnit IMAGES = new WorkUnit("central", Duration.ofMinutes(1), "images");
    private static final Slot SLOT = IMAGES.slotAt(Instant.parse("2026-11-28T12:00:00Z"));
    private static final Instant NOW = SLOT.start().plusSeconds(20);
    private static final Tenure TENURE = new Tenure("a", 2);

    /** What was done, in words. */
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    private ClaimResult claim = ClaimResult.GRANTED;
    private @Nullable RuntimeException defect;
    /** How often nobody takes what is told. */
    private int refusals;

    private volatile boolean hangs;
    /** Of one measuring. */
    private @Nullable Error error;

    private volatile Instant now = NOW;

    private final DutyWork work = new DutyWork() {
        @Override
        public ClaimResult claim(WorkUnit unit, Slot slot, Tenure tenure) {
            done.add("claim " + slot.start() + " under " + tenure.epoch());
            return claim;
        }

        @Override
        public SlotMeasurements measure(WorkUnit unit, Slot slot, Tenure tenure)
                throws UnmeasurableException, InterruptedException {
            done.add("measure " + slot.start());
            if (hangs) {
                hang();
            }
            if (defect != null) {
                throw defect;
            }
            Error once = error;
            error = null;
            if (once != null) {
                throw once;
            }
            return new SlotMeasurements(
                    slot, unit.name(), new MeasuringTime(now, 0), null, List.of(), List.of(), tenure);
        }

        @Override
        public Handed deliver(SlotMeasurements measurements) {
            done.add("deliver " + measurements.slot().start());
            return new Handed.Accepted();
        }

        @Override
        public boolean tell(WorkUnit unit, Slot slot, Shortfall why) {
            boolean taken = refusals == 0;
            refusals -= taken ? 0 : 1;
            done.add((taken ? "tell " : "refuse ") + slot.start() + " " + why.reason());
            return taken;
        }
    };

    private void hang() throws InterruptedException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            done.add("broken off");
            throw e;
        }
    }

    private final DutyObserver observer = new DutyObserver() {
        @Override
        public void fenced(WorkUnit unit, Tenure tenure) {
            done.add("fenced " + tenure.epoch());
        }

        @Override
        public void done(WorkUnit unit, Slot slot, Duration after, int samples) {
            done.add("done after " + after.toSeconds() + " s");
        }

        @Override
        public void missed(WorkUnit unit, Slot slot, String reason) {
            done.add("missed " + slot.start() + " " + reason);
        }
    };

    private final DutyLoop loop = new DutyLoop(
            new DutyOptions(2, 0, Duration.ofSeconds(1), Duration.ZERO), work, () -> now, Ticker.system(), observer);

    @AfterEach
    void close() {
        loop.close();
    }

    private void begin(@Nullable Slot newest) {
        loop.start();
        loop.gained(IMAGES, new Beginning(TENURE, newest, List.of(), new Tenure("b", 1), null, false));
    }

    private void expect(String... lines) throws InterruptedException {
        for (String line : lines) {
            assertThat(done.poll(30, TimeUnit.SECONDS)).isEqualTo(line);
        }
    }

    @Test
    void theRunningSlotIsClaimed_measured_andDelivered() throws Exception {
        begin(null);

        expect(
                "claim " + SLOT.start() + " under 2",
                "measure " + SLOT.start(),
                "deliver " + SLOT.start(),
                "done after 20 s");
        assertThat(loop.health()).isInstanceOf(Health.Up.class);
    }

    @Test
    void whoeverIsFenced_saysUnderWhatTenure() throws Exception {
        claim = ClaimResult.FENCED;
        begin(null);

        expect("claim " + SLOT.start() + " under 2", "fenced 2");
    }

    @Test
    void slotsThatWentBy_areToldOneAfterTheOther() throws Exception {
        claim = ClaimResult.DONE;
        Slot newest = IMAGES.slotAt(SLOT.start().minusSeconds(180));
        begin(newest);

        List<String> told = List.of(
                "tell " + newest.next().start() + " no_owner",
                "tell " + newest.next().next().start() + " no_owner");
        int next = 0;
        while (next < told.size()) {
            String line = done.poll(30, TimeUnit.SECONDS);
            assertThat(line).as("something happens").isNotNull();
            next += told.get(next).equals(line) ? 1 : 0;
        }
    }

    /** As while the ledger is away and the disk is full. */
    @Test
    void whatNobodyTakes_isToldAgain_andTheOthersAfterIt() throws Exception {
        claim = ClaimResult.DONE;
        refusals = 2;
        Slot newest = IMAGES.slotAt(SLOT.start().minusSeconds(180));
        begin(newest);

        String first = newest.next().start() + " no_owner";
        List<String> told = List.of(
                "refuse " + first,
                "refuse " + first,
                "tell " + first,
                "tell " + newest.next().next().start() + " no_owner");
        for (String next : told) {
            String line = done.poll(30, TimeUnit.SECONDS);
            while (line != null && !line.startsWith("refuse") && !line.startsWith("tell")) {
                line = done.poll(30, TimeUnit.SECONDS);
            }
            assertThat(line).isEqualTo(next);
        }
    }

    @Test
    void aDefectInMeasuring_costsATry_andIsTriedAgain() throws Exception {
        defect = new IllegalStateException("as a test");
        begin(null);

        expect("claim " + SLOT.start() + " under 2", "measure " + SLOT.start());
        assertThat(loop.health()).isInstanceOf(Health.Up.class);
    }

    @Test
    void whatHangsWhenItIsClosed_isBrokenOff() throws Exception {
        hangs = true;
        begin(null);
        expect("claim " + SLOT.start() + " under 2", "measure " + SLOT.start());

        loop.close(Duration.ofMillis(10));

        expect("broken off");
    }

    /** As of a text that is nested so deeply that the stack does not suffice. */
    @Test
    void anErrorInMeasuring_costsATry_andNeitherTheUnitNorItsSeat() throws Exception {
        error = new StackOverflowError("as a test");
        begin(null);
        expect("claim " + SLOT.start() + " under 2", "measure " + SLOT.start());

        String again = null;
        while (again == null && now.isBefore(SLOT.end().minusSeconds(10))) {
            now = now.plusSeconds(7); // it is tried again six seconds after it has failed, which may be only now
            again = done.poll(5, TimeUnit.SECONDS);
        }

        assertThat(again).isEqualTo("claim " + SLOT.start() + " under 2");
        expect("measure " + SLOT.start(), "deliver " + SLOT.start());
    }

    /** Nothing that comes of it would count, and the unit would go without the slots that follow. */
    @Test
    void whatIsStillMeasuredWhenItsSlotHasEnded_isBrokenOffAndTold_andTheNextSlotHasItsTurn() throws Exception {
        hangs = true;
        begin(null);
        expect("claim " + SLOT.start() + " under 2", "measure " + SLOT.start());
        hangs = false;

        now = SLOT.end().plusSeconds(5);

        Slot next = SLOT.next();
        expect("broken off", "missed " + SLOT.start() + " measured_late");
        Set<String> then = new TreeSet<>();
        for (int line = 0; line < 5; line++) {
            then.add(String.valueOf(done.poll(30, TimeUnit.SECONDS)));
        }
        assertThat(then)
                .containsExactlyInAnyOrder(
                        "tell " + SLOT.start() + " measured_late",
                        "claim " + next.start() + " under 2",
                        "measure " + next.start(),
                        "deliver " + next.start(),
                        "done after 5 s");
    }
}
