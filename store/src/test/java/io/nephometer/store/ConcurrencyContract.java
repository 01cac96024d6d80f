// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.MEMORY;
import static io.nephometer.testkit.ledger.Messages.SLOT;
import static io.nephometer.testkit.ledger.Messages.converted;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.measured;
import static io.nephometer.testkit.ledger.Messages.slotted;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.Fate;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.Processed;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.CommitStep;
import io.nephometer.store.ledger.EpochDesk;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LogEntry;
import io.nephometer.store.ledger.StoreUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several collectors write to one ledger, on every engine that lets them. */
abstract class ConcurrencyContract {
    private StoreUrl url = StoreUrl.parse("sqlite:none");

    /** The address of an empty database. */
    abstract String newDatabase();

    /** Ends the connections to it that do nothing within a transaction. */
    abstract void endSleepers(StoreUrl database);

    @BeforeEach
    void database() {
        url = StoreUrl.parse(newDatabase());
    }

    private LedgerFixture open(CommitProbe probe) {
        TestClock clock = new TestClock();
        return new LedgerFixture(Ledgers.open(url, LedgerOptions.DEFAULTS.withProbe(probe), clock), clock);
    }

    private static CommitReport commit(Ledger ledger, List<? extends Processed> entries) {
        CommitOutcome outcome = ledger.commit(new LedgerBatch("test", List.copyOf(entries)));
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        return ((CommitOutcome.Committed) outcome).report();
    }

    @Test
    void overlappingBatchesOfManyWritersCountEachMessageOnce() throws Exception {
        int messages = 400;
        int writers = 4;
        try (LedgerFixture one = open(CommitProbe.NONE);
                LedgerFixture two = open(CommitProbe.NONE);
                ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Callable<List<Fate>>> work = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                Ledger ledger = (writer % 2 == 0 ? one : two).ledger();
                Random order = new Random(writer);
                work.add(() -> commitAll(ledger, messages, order));
            }
            List<Fate> fates = new ArrayList<>();
            for (Future<List<Fate>> writer : threads.invokeAll(work)) {
                fates.addAll(writer.get());
            }

            assertThat(fates).hasSize(writers * messages);
            assertThat(Collections.frequency(fates, Fate.EVENT)).isEqualTo(messages);
            assertThat(Collections.frequency(fates, Fate.DUPLICATE)).isEqualTo((writers - 1) * messages);
            assertThat(one.events()).hasSize(messages);
            assertThat(one.samples()).hasSize(messages);
        }
    }

    private static List<Fate> commitAll(Ledger ledger, int messages, Random order) {
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(0, messages).boxed().toList());
        Collections.shuffle(numbers, order);
        List<Fate> fates = new ArrayList<>();
        for (int from = 0; from < messages; from += 40) {
            List<Processed> batch = new ArrayList<>();
            numbers.subList(from, from + 40).forEach(n -> batch.add(converted(n)));
            fates.addAll(commit(ledger, batch).fates());
        }
        return fates;
    }

    /** Stops whoever commits before one step, until told to go on. */
    private static final class Gate implements CommitProbe {
        private final CommitStep step;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        Gate(CommitStep step) {
            this.step = step;
        }

        @Override
        public void before(CommitStep at) {
            if (at == step) {
                reached.countDown();
                await(open);
            }
        }

        @Override
        public void after(CommitStep at) {}

        static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void readerOfTheLogDoesNotSkipACommitThatEndsLate() throws Exception {
        Gate gate = new Gate(CommitStep.LOG);
        try (LedgerFixture slow = open(gate);
                LedgerFixture quick = open(CommitProbe.NONE);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            // New names would make the second writer wait for the first one's transaction.
            long start = commit(quick.ledger(), List.of(converted(3))).position();
            Future<CommitReport> late = threads.submit(() -> commit(slow.ledger(), List.of(converted(1))));
            Gate.await(gate.reached);
            CommitReport early = commit(quick.ledger(), List.of(converted(2)));
            List<LogEntry> before = quick.ledger().log().after(start, 10);
            gate.open.countDown();
            long latePosition = late.get().position();

            List<LogEntry> after = quick.ledger().log().after(early.position(), 10);

            assertThat(before).extracting(LogEntry::position).containsExactly(early.position());
            assertThat(before.getFirst().batch()).isGreaterThan(after.getFirst().batch());
            assertThat(after).extracting(LogEntry::position).containsExactly(latePosition);
        }
    }

    @Test
    void positionTakenFirstIsSeenFirst() throws Exception {
        Gate gate = new Gate(CommitStep.COMMIT);
        try (LedgerFixture slow = open(gate);
                LedgerFixture quick = open(CommitProbe.NONE);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<CommitReport> first = threads.submit(() -> commit(slow.ledger(), List.of(converted(1))));
            Gate.await(gate.reached);
            Future<CommitReport> second = threads.submit(() -> commit(quick.ledger(), List.of(converted(2))));
            assertThat(quick.ledger().log().after(0, 10)).isEmpty();
            gate.open.countDown();

            assertThat(first.get().position()).isLessThan(second.get().position());
            assertThat(quick.ledger().log().after(0, 10)).hasSize(2);
        }
    }

    @Test
    void claimOfATransactionThatDiesIsFreeAgain() throws Exception {
        Gate gate = new Gate(CommitStep.COMMIT);
        try (LedgerFixture dying = open(gate);
                LedgerFixture other = open(CommitProbe.NONE);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            LedgerBatch batch = new LedgerBatch("test", List.of(converted(1)));
            Future<CommitOutcome> dead = threads.submit(() -> dying.ledger().commit(batch));
            Gate.await(gate.reached);
            Future<CommitReport> waiting = threads.submit(() -> commit(other.ledger(), List.of(converted(1))));
            endSleepers(url);
            gate.open.countDown();

            assertThat(dead.get()).isInstanceOf(CommitOutcome.Unavailable.class);
            assertThat(waiting.get().fates()).containsExactly(Fate.EVENT);
            assertThat(other.samples()).hasSize(1);
        }
    }

    /** Its connection, and so its transaction, lives no longer than half of a lease; then its successor goes on. */
    @Test
    void anOwnerThatStopsWithinItsCommit_holdsItsSuccessorUpForAMoment_andWritesNothingLater() throws Exception {
        Gate gate = new Gate(CommitStep.SLOT_SAMPLES);
        LedgerOptions hasty = new LedgerOptions(
                Duration.ofSeconds(4),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(2),
                8,
                4,
                10_000,
                gate);
        WorkUnit images = new WorkUnit(SLOT.source(), SLOT.interval(), "images");
        TestClock clock = new TestClock();
        try (LedgerFixture stopped = new LedgerFixture(Ledgers.open(url, hasty, clock), clock);
                LedgerFixture successor = open(CommitProbe.NONE);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Processed late =
                    underTenure(1, stopped.ledger().epochs().begin(images, "a").tenure());
            Future<CommitOutcome> stuck =
                    threads.submit(() -> stopped.ledger().commit(new LedgerBatch("test", List.of(late))));
            Gate.await(gate.reached);

            Tenure b = successor.ledger().epochs().begin(images, "b").tenure();
            assertThat(successor.ledger().epochs().claim(images, SLOT, b)).isEqualTo(EpochDesk.Claim.GRANTED);
            gate.open.countDown();

            assertThat(stuck.get()).isInstanceOf(CommitOutcome.Unavailable.class);
            assertThat(commit(stopped.ledger(), List.of(late)).fates()).containsExactly(Fate.FENCED);
            assertThat(commit(successor.ledger(), List.of(underTenure(2, b))).fates())
                    .containsExactly(Fate.SAMPLE_ONLY);
            assertThat(successor.samples()).hasSize(1);
        }
    }

    /** Two that both believe to own a unit claim and write the same slots at once: each slot is written by one of them. */
    @Test
    void ownersThatOverlap_writeEachSlotOnce() throws Exception {
        int slots = 40;
        WorkUnit images = new WorkUnit(SLOT.source(), SLOT.interval(), "images");
        try (LedgerFixture one = open(CommitProbe.NONE);
                LedgerFixture two = open(CommitProbe.NONE);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Callable<List<Fate>>> work = new ArrayList<>();
            for (LedgerFixture each : List.of(one, two)) {
                Tenure tenure = each.ledger().epochs().begin(images, "owner").tenure();
                work.add(() -> writeAll(each.ledger(), images, tenure, slots));
            }
            List<Fate> fates = new ArrayList<>();
            for (Future<List<Fate>> writer : threads.invokeAll(work)) {
                fates.addAll(writer.get());
            }

            assertThat(fates).isSubsetOf(Fate.SAMPLE_ONLY, Fate.FENCED);
            assertThat(Collections.frequency(fates, Fate.SAMPLE_ONLY)).isGreaterThanOrEqualTo(slots);
            assertThat(one.samples()).hasSize(slots);
        }
    }

    private static List<Fate> writeAll(Ledger ledger, WorkUnit unit, Tenure tenure, int slots) {
        List<Fate> fates = new ArrayList<>();
        Slot slot = SLOT;
        for (int i = 0; i < slots; i++) {
            ledger.epochs().claim(unit, slot, tenure);
            fates.addAll(commit(ledger, List.of(underTenure((int) tenure.epoch() * 1_000 + i, slot, tenure)))
                    .fates());
            slot = slot.next();
        }
        return fates;
    }

    private static Processed underTenure(int n, Tenure tenure) {
        return underTenure(n, SLOT, tenure);
    }

    private static Processed underTenure(int n, Slot slot, Tenure tenure) {
        SlotPart part = new SlotPart(slot, "images", slot.start().plusSeconds(1), 1, 1, List.of(), tenure);
        return measured(id(n), part, List.of(slotted(slot, MEMORY, 1, n)));
    }
}
