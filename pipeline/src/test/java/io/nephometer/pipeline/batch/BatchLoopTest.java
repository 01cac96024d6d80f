// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Fate;
import io.nephometer.model.RawMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchLoopTest {
    private static final BatchLimits PAIRS = new BatchLimits(2, 1_000, Duration.ofSeconds(1));

    private final ManualTicker ticker = new ManualTicker();
    private final QueueReceiver receiver = new QueueReceiver(ticker, Duration.ZERO, List.of("a", "b", "c"));
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> handled = new ArrayList<>();
    private final Deque<Boolean> probes = new ArrayDeque<>();

    @Test
    void everyBatch_isAcknowledgedAfterItIsDone() {
        loop(messages -> () -> done(messages)).run();

        assertThat(receiver.settled).containsExactly("a", "b", "c");
        assertThat(receiver.calls).isEmpty();
    }

    @Test
    void aPostponedBatch_isGivenBack_consumingStops_andResumesWhenTheStoreAnswers() {
        probes.addAll(List.of(false, false, true));
        BatchHandler onceDown = messages -> () -> {
            handled.add("batch of " + messages.size());
            return handled.size() == 1 ? new BatchOutcome.Postponed("connection refused") : done(messages);
        };

        loop(onceDown).run();

        assertThat(receiver.calls).containsExactly("pause", "give back 2", "resume");
        assertThat(receiver.settled).containsExactly("a", "b", "c");
        assertThat(waits).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
    }

    @Test
    void aStoreThatAnswersProbesButTakesNothing_isAskedEverLessOften() {
        probes.addAll(List.of(true, true, true, true, true));
        BatchHandler downFiveTimes = messages -> () -> {
            handled.add("batch");
            return handled.size() <= 5 ? new BatchOutcome.Postponed("disk full") : done(messages);
        };

        loop(downFiveTimes).run();

        assertThat(waits)
                .containsExactly(
                        Duration.ofMillis(200),
                        Duration.ofMillis(400),
                        Duration.ofMillis(800),
                        Duration.ofMillis(1_600),
                        Duration.ofSeconds(2));
        assertThat(receiver.settled).containsExactly("a", "b", "c");
    }

    @Test
    void aDefectInTheHandler_givesTheBatchBack_whereverItShows() {
        probes.addAll(List.of(true, true));
        BatchHandler brokenTwice = messages -> {
            defectUnlessAfter(1);
            return () -> {
                defectUnlessAfter(3);
                return done(messages);
            };
        };

        loop(brokenTwice).run();

        assertThat(receiver.calls).containsExactly("pause", "give back 2", "resume", "pause", "give back 2", "resume");
        assertThat(receiver.settled).containsExactly("a", "b", "c");
    }

    private void defectUnlessAfter(int calls) {
        handled.add("call");
        if (handled.size() == calls) {
            throw new IllegalStateException("defect");
        }
    }

    private BatchOutcome done(List<RawMessage> messages) {
        return new BatchOutcome.Done(Map.of(Fate.EVENT, messages.size()), 0, 0);
    }

    private BatchLoop loop(BatchHandler handler) {
        return new BatchLoop(
                receiver,
                PAIRS,
                handler,
                probes::removeFirst,
                Backoff.defaults(),
                ticker,
                BatchObserver.none(),
                stop -> time -> {
                    waits.add(time);
                    ticker.advance(time);
                    return false;
                },
                new DirectThread());
    }
}
