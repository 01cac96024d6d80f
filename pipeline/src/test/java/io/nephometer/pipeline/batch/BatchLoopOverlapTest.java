// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.Fate;
import io.nephometer.model.RawMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two batches in hand: what is prepared while the batch before it is being committed. Batches are single messages. */
@Timeout(60)
class BatchLoopOverlapTest {
    private final ManualTicker ticker = new ManualTicker();
    private final QueueReceiver receiver = new QueueReceiver(ticker, Duration.ZERO, List.of("a", "b", "c", "d"));

    /** What happened, in the order in which it did; the two threads follow one another by {@link #await}. */
    private final List<String> story = new CopyOnWriteArrayList<>();

    private final Map<String, CountDownLatch> happened = new ConcurrentHashMap<>();

    private BatchLimits limits = new BatchLimits(1, 1_000, Duration.ofSeconds(1));

    /** The executor counts as ended a moment before its thread is gone. */
    @AfterEach
    void theCommittingThread_endsWithTheLoop() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("loop-commit")) {
                assertThat(thread.join(Duration.ofSeconds(30)))
                        .as("the committing thread has ended")
                        .isTrue();
            }
        }
    }

    @Test
    void theNextBatch_isPreparedWhileTheOneBeforeIsBeingCommitted_andCommittedAfterIt() throws Exception {
        run(messages -> {
            tell("prepare", messages);
            return () -> {
                if (is(messages, "a")) {
                    await("prepare b");
                }
                return durable(messages);
            };
        });

        assertThat(story).startsWith("prepare a", "prepare b", "commit a");
        assertThat(story)
                .filteredOn(it -> it.startsWith("commit"))
                .containsExactly("commit a", "commit b", "commit c", "commit d");
        assertThat(receiver.settled).containsExactly("a", "b", "c", "d");
        assertThat(receiver.calls).isEmpty();
    }

    @Test
    void neverMoreThanTwoBatches_areInHand() throws Exception {
        run(messages -> {
            tell("prepare", messages);
            assertThat(count("prepare") - count("commit")).isLessThanOrEqualTo(2);
            return () -> {
                if (is(messages, "a")) {
                    await("prepare b");
                    assertThat(happened).doesNotContainKey("prepare c");
                }
                return durable(messages);
            };
        });

        assertThat(receiver.settled).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aBatchThatIsNotTaken_isGivenBackTogetherWithTheOneBehindIt_inOrder() throws Exception {
        run(messages -> {
            boolean first = tell("prepare", messages) == 1;
            return () -> {
                if (is(messages, "a") && first) {
                    await("prepare b");
                    return new BatchOutcome.Postponed("connection refused");
                }
                return durable(messages);
            };
        });

        assertThat(receiver.calls).containsExactly("pause", "give back 2", "resume");
        assertThat(story).startsWith("prepare a", "prepare b", "prepare a");
        assertThat(receiver.settled).containsExactly("a", "b", "c", "d");
    }

    @Test
    void twoBatchesThatTogetherAreTooLarge_areNotInHandAtOnce() throws Exception {
        limits = new BatchLimits(1, 1, Duration.ofSeconds(1)); // bodies of one byte: two are too many

        run(messages -> {
            tell("prepare", messages);
            return () -> durable(messages);
        });

        assertThat(story)
                .containsExactly(
                        "prepare a",
                        "commit a",
                        "prepare b",
                        "commit b",
                        "prepare c",
                        "commit c",
                        "prepare d",
                        "commit d");
    }

    @Test
    void stop_finishesBothBatchesInHand_andTakesNoMore() throws Exception {
        CompletableFuture<BatchLoop> loop = new CompletableFuture<>();
        loop.complete(loop(messages -> {
            tell("prepare", messages);
            if (is(messages, "b")) {
                loop.join().stop();
            }
            return () -> {
                if (is(messages, "a")) {
                    await("prepare b");
                }
                return durable(messages);
            };
        }));

        run(loop.join());

        assertThat(receiver.settled).containsExactly("a", "b");
        assertThat(receiver.calls).isEmpty();
    }

    @Test
    void interruption_settlesNothingThatIsNotKnownToBeDurable() throws Exception {
        Thread thread = thread(loop(messages -> {
            tell("prepare", messages);
            return () -> {
                tell("committing", messages);
                await("never");
                return durable(messages);
            };
        }));
        thread.start();
        await("committing a");
        thread.interrupt();
        thread.join();

        assertThat(receiver.settled).isEmpty();
        assertThat(receiver.calls).isEmpty();
    }

    @Test
    void anErrorInACommit_endsTheLoop() throws Exception {
        BatchLoop loop = loop(messages -> () -> {
            throw new StackOverflowError("as a test");
        });

        assertThatThrownBy(() -> run(loop)).hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(receiver.settled).isEmpty();
    }

    private BatchLoop loop(BatchHandler handler) {
        return new BatchLoop(
                receiver,
                limits,
                handler,
                () -> true,
                Backoff.defaults(),
                ticker,
                BatchObserver.none(),
                stop -> time -> {
                    return false;
                },
                CommitLane.ownThread());
    }

    private void run(BatchHandler handler) throws Exception {
        run(loop(handler));
    }

    private static void run(BatchLoop loop) throws Exception {
        AtomicReference<Throwable> death = new AtomicReference<>();
        Thread thread = thread(loop);
        thread.setUncaughtExceptionHandler((dead, cause) -> death.set(cause));
        thread.start();
        thread.join();
        if (death.get() != null) {
            throw new IllegalStateException("the loop died", death.get());
        }
    }

    private static Thread thread(BatchLoop loop) {
        return Thread.ofPlatform().name("loop").unstarted(loop);
    }

    private BatchOutcome durable(List<RawMessage> messages) {
        tell("commit", messages);
        return new BatchOutcome.Done(Map.of(Fate.EVENT, messages.size()), 0, 0);
    }

    private static boolean is(List<RawMessage> messages, String body) {
        return messages.getFirst().body().toText().equals(body);
    }

    /** Notes what happens and wakes who waits for it; the answer is how often it has happened. */
    private long tell(String what, List<RawMessage> messages) {
        String line = what + " " + messages.getFirst().body().toText();
        story.add(line);
        latch(line).countDown();
        return story.stream().filter(line::equals).count();
    }

    private long count(String what) {
        return story.stream().filter(line -> line.startsWith(what)).count();
    }

    private void await(String line) {
        try {
            if (!latch(line).await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("did not happen: " + line);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private CountDownLatch latch(String line) {
        return happened.computeIfAbsent(line, it -> new CountDownLatch(1));
    }
}
