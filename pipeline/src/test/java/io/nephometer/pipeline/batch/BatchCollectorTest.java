// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchCollectorTest {
    private final ManualTicker ticker = new ManualTicker();

    @Test
    void full_byCount() throws InterruptedException {
        assertThat(sizes(new BatchLimits(4, 1_000, Duration.ofSeconds(10)), Duration.ZERO, 10))
                .containsExactly(4, 4, 2);
    }

    @Test
    void full_byBytes_theMessageThatFillsItIncluded() throws InterruptedException {
        // bodies of 2 bytes
        assertThat(sizes(new BatchLimits(100, 5, Duration.ofSeconds(10)), Duration.ZERO, 7))
                .containsExactly(3, 3, 1);
    }

    @Test
    void full_byTimeSinceTheFirstMessage() throws InterruptedException {
        // one message each 300 ms; the second comes 300 ms, the third 600 ms, the fourth 900 ms after the first
        assertThat(sizes(new BatchLimits(100, 1_000, Duration.ofMillis(1_000)), Duration.ofMillis(300), 8))
                .containsExactly(4, 4);
    }

    @Test
    void aSingleMessage_isABatch_whenBatchingIsOff() throws InterruptedException {
        assertThat(sizes(new BatchLimits(1, 1_000, Duration.ofSeconds(10)), Duration.ZERO, 3))
                .containsExactly(1, 1, 1);
    }

    @Test
    void aQuietBus_holdsNothingBackLongerThanTheTimeout() throws InterruptedException {
        QueueReceiver receiver = new QueueReceiver(ticker, Duration.ofMillis(900), List.of("a", "b"));
        BatchCollector collector = new BatchCollector(
                receiver, new BatchLimits(100, 1_000, Duration.ofMillis(500)), ticker, () -> Patience.ENDLESS);

        assertThat(collector.next(Duration.ofSeconds(1))).hasSize(1);
        assertThat(ticker.nanos()).isEqualTo(Duration.ofMillis(1_400).toNanos());
    }

    @Test
    void whileACommitGoesOn_waitingIsCutIntoGlances_andLastsAsLongAsEver() throws InterruptedException {
        QueueReceiver receiver = new QueueReceiver(ticker, Duration.ofMinutes(1), List.of("a"));
        List<Long> glances = new ArrayList<>();
        BatchCollector collector = new BatchCollector(receiver, BatchLimits.defaults(), ticker, () -> {
            glances.add(ticker.nanos());
            return Patience.BRIEF;
        });

        assertThat(collector.next(Duration.ofMillis(7))).isEmpty();
        assertThat(ticker.nanos()).isEqualTo(Duration.ofMillis(7).toNanos());
        assertThat(glances).startsWith(0L, 2_000_000L, 4_000_000L, 6_000_000L).endsWith(7_000_000L);
    }

    @Test
    void whenPatienceEnds_theBatchEndsWithWhatItHas() throws InterruptedException {
        QueueReceiver receiver = new QueueReceiver(ticker, Duration.ZERO, List.of("a", "b", "c"));
        Iterator<Patience> asked =
                List.of(Patience.BRIEF, Patience.ENDLESS, Patience.NONE).iterator();
        BatchCollector collector = new BatchCollector(receiver, BatchLimits.defaults(), ticker, asked::next);

        assertThat(collector.next(Duration.ofSeconds(1))).hasSize(2);
    }

    @Test
    void limitsWithoutATimeout_areRefused() {
        assertThatThrownBy(() -> new BatchLimits(1, 1, Duration.ZERO)).hasMessageContaining("timeout");
        assertThatThrownBy(() -> new BatchLimits(0, 1, Duration.ofSeconds(1))).hasMessageContaining("max_messages");
        assertThatThrownBy(() -> new BatchLimits(1, 0, Duration.ofSeconds(1))).hasMessageContaining("max_bytes");
    }

    private List<Integer> sizes(BatchLimits limits, Duration gap, int messages) throws InterruptedException {
        List<String> bodies =
                IntStream.range(10, 10 + messages).mapToObj(String::valueOf).toList();
        QueueReceiver receiver = new QueueReceiver(ticker, gap, bodies);
        BatchCollector collector = new BatchCollector(receiver, limits, ticker, () -> Patience.ENDLESS);
        List<Integer> sizes = new ArrayList<>();
        while (!receiver.isExhausted()) {
            var batch = collector.next(Duration.ofSeconds(1));
            sizes.add(batch.size());
            receiver.acknowledge(batch);
        }
        assertThat(receiver.settled).isEqualTo(bodies);
        return sizes;
    }
}
