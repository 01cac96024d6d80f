// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Bytes;
import io.nephometer.model.Delivery;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Receiver} of a queue promises. Each test gets a source of its own; what is received later than a message
 * that was published last was not lost, but never comes: that is how absence is shown without waiting.
 */
public abstract class ReceiverContract {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    /** A new receiver of this test's source, not started. The caller closes it. */
    protected abstract Receiver receiver() throws Exception;

    /** Returns when {@code started} gets what is published from now on. */
    protected abstract void awaitReady(Receiver started) throws Exception;

    /** Puts messages on this test's source, in order, and returns when they are there. */
    protected abstract void publish(List<RawMessage> messages) throws Exception;

    /**
     * Whether what a pause gives back keeps its order. A broker may have to take back by itself what was under way to us when
     * we paused, and then says where that goes among the rest.
     */
    protected boolean pauseKeepsOrder() {
        return true;
    }

    private void assertGivenBackByPause(List<Integer> again, List<Integer> expected) {
        assertThat(again).containsExactlyInAnyOrderElementsOf(expected);
        if (pauseKeepsOrder()) {
            assertThat(again).isEqualTo(expected);
        }
    }

    private Receiver open() throws Exception {
        Receiver receiver = receiver();
        receiver.start();
        awaitReady(receiver);
        return receiver;
    }

    /** The body is the number as text. */
    private static RawMessage numbered(int number) {
        return new RawMessage(
                "nova",
                "notifications.info",
                Map.of("content_type", "application/json", "delivery_mode", 2L),
                Bytes.utf8(Integer.toString(number)));
    }

    private void publish(int from, int to) throws Exception {
        publish(IntStream.rangeClosed(from, to)
                .mapToObj(ReceiverContract::numbered)
                .toList());
    }

    private static List<Delivery> take(Receiver receiver, int count) throws InterruptedException {
        List<Delivery> taken = new ArrayList<>();
        while (taken.size() < count) {
            Delivery delivery = receiver.receive(LONG);
            assertThat(delivery).as("message %d of %d", taken.size() + 1, count).isNotNull();
            if (delivery != null) {
                taken.add(delivery);
            }
        }
        return taken;
    }

    private static List<Integer> numbers(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> Integer.valueOf(delivery.message().body().toText()))
                .toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void messagesComeWholeAndInOrder() throws Exception {
        try (Receiver receiver = open()) {
            publish(1, 50);

            List<Delivery> taken = take(receiver, 50);

            assertThat(numbers(taken)).isEqualTo(range(1, 50));
            assertThat(taken).noneMatch(Delivery::redelivered);
            RawMessage first = taken.getFirst().message();
            assertThat(first.exchange()).isEqualTo("nova");
            assertThat(first.routingKey()).isEqualTo("notifications.info");
            assertThat(first.properties())
                    .containsEntry("content_type", "application/json")
                    .containsEntry("delivery_mode", 2L);
            assertThat(receiver.isExhausted()).isFalse();
        }
    }

    @Test
    void nothingComesFromAnEmptySource() throws Exception {
        try (Receiver receiver = open()) {
            assertThat(receiver.receive(AT_ONCE)).isNull();
        }
    }

    @Test
    void acknowledgedMessagesNeverComeAgain() throws Exception {
        try (Receiver first = open()) {
            publish(1, 10);
            first.acknowledge(take(first, 10));
        }
        try (Receiver second = open()) {
            publish(11, 11);
            assertThat(numbers(take(second, 1))).containsExactly(11);
        }
    }

    @Test
    void unacknowledgedMessagesComeAgainAfterClose() throws Exception {
        try (Receiver first = open()) {
            publish(1, 10);
            List<Delivery> taken = take(first, 7);
            first.acknowledge(taken.subList(0, 4));
        }
        try (Receiver second = open()) {
            List<Delivery> again = take(second, 6);
            assertThat(numbers(again)).isEqualTo(range(5, 10));
            assertThat(again.subList(0, 3)).allMatch(Delivery::redelivered);
        }
    }

    @Test
    void whatIsGivenBackComesAgainInOrderAndMarked() throws Exception {
        try (Receiver receiver = open()) {
            publish(1, 20);
            receiver.giveBack(take(receiver, 20));

            List<Delivery> again = take(receiver, 20);
            assertThat(numbers(again)).isEqualTo(range(1, 20));
            assertThat(again).allMatch(Delivery::redelivered);
        }
    }

    @Test
    void eachMessageIsSettledByItself() throws Exception {
        try (Receiver receiver = open()) {
            publish(1, 20);
            List<Delivery> taken = take(receiver, 20);
            List<Delivery> even = taken.stream()
                    .filter(delivery -> numbers(List.of(delivery)).getFirst() % 2 == 0)
                    .toList();
            List<Delivery> odd =
                    taken.stream().filter(delivery -> !even.contains(delivery)).toList();

            receiver.acknowledge(even);
            receiver.giveBack(odd);

            assertThat(numbers(take(receiver, 10))).containsExactly(1, 3, 5, 7, 9, 11, 13, 15, 17, 19);
        }
        try (Receiver second = open()) {
            publish(21, 21);
            assertThat(numbers(take(second, 11))).containsExactly(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21);
        }
    }

    @Test
    void settlingInAnyOrderSettlesNoOther() throws Exception {
        try (Receiver receiver = open()) {
            publish(1, 9);
            List<Delivery> taken = take(receiver, 9);
            receiver.acknowledge(taken.subList(6, 9));
            receiver.acknowledge(taken.subList(3, 6));
            receiver.acknowledge(taken.subList(0, 2));
        }
        try (Receiver second = open()) {
            publish(10, 10);
            assertThat(numbers(take(second, 2))).containsExactly(3, 10);
        }
    }

    @Test
    void whilePausedNothingIsHandedOutAndAnotherMayHaveIt() throws Exception {
        try (Receiver first = open()) {
            publish(1, 10);
            List<Delivery> taken = take(first, 3);

            first.pause();

            try (Receiver second = open()) {
                List<Delivery> others = take(second, 7);
                assertGivenBackByPause(numbers(others), range(4, 10));
                second.acknowledge(others);
            }
            assertThat(first.receive(AT_ONCE)).isNull();
            first.acknowledge(taken);
        }
        try (Receiver third = open()) {
            publish(11, 11);
            assertThat(numbers(take(third, 1))).containsExactly(11);
        }
    }

    /** What is given back at one time keeps its order; which of two such groups comes first is for the source to say. */
    @Test
    void afterResumeAllThatWasGivenBackComesAgain() throws Exception {
        try (Receiver receiver = open()) {
            publish(1, 10);
            List<Delivery> taken = take(receiver, 3);

            receiver.pause();
            receiver.giveBack(taken);
            receiver.pause();
            publish(11, 12);
            assertThat(receiver.receive(AT_ONCE)).isNull();

            receiver.resume();
            receiver.resume();
            List<Integer> again = numbers(take(receiver, 12));
            assertThat(again).containsExactlyInAnyOrderElementsOf(range(1, 12));
            assertThat(again).containsSubsequence(range(1, 3));
            assertGivenBackByPause(again.stream().filter(range(4, 10)::contains).toList(), range(4, 10));
        }
    }

    @Test
    void settlingTwiceOrTooLateDoesNothing() throws Exception {
        Receiver first = open();
        publish(1, 4);
        List<Delivery> taken = take(first, 4);
        first.acknowledge(taken.subList(0, 2));
        first.acknowledge(taken.subList(0, 2));
        first.giveBack(taken.subList(0, 1));
        List<Delivery> stale = taken.subList(2, 4);
        first.close();
        first.acknowledge(stale);
        first.giveBack(stale);
        try (Receiver second = open()) {
            second.acknowledge(stale);
            publish(5, 5);
            assertThat(numbers(take(second, 3))).containsExactly(3, 4, 5);
        }
    }

    @Test
    void receiversShareASourceWithoutSharingAMessage() throws Exception {
        try (Receiver first = open();
                Receiver second = open()) {
            publish(1, 100);
            List<Integer> seen = new ArrayList<>();
            while (seen.size() < 100) {
                for (Receiver receiver : List.of(first, second)) {
                    Delivery delivery = receiver.receive(AT_ONCE);
                    if (delivery != null) {
                        seen.addAll(numbers(List.of(delivery)));
                        receiver.acknowledge(List.of(delivery));
                    }
                }
            }
            assertThat(seen).containsExactlyInAnyOrderElementsOf(range(1, 100));
        }
    }

    @Test
    void mayBeClosedBeforeStartAndTwice() throws Exception {
        Receiver receiver = receiver();
        receiver.close();
        receiver.close();
        assertThat(receiver.receive(AT_ONCE)).isNull();

        Receiver started = open();
        started.close();
        started.close();
        assertThat(started.receive(AT_ONCE)).isNull();
    }
}
