// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class UnsettledTest {
    private final Unsettled unsettled = new Unsettled();
    private final List<String> frames = new ArrayList<>();

    @SuppressWarnings("NullAway") // the consumer plays no part in settling
    private static RabbitMqDelivery delivery(long tag) {
        return new RabbitMqDelivery(RawMessage.ofBody(Bytes.utf8("{}")), false, tag, null);
    }

    private List<RabbitMqDelivery> delivered(int count) {
        List<RabbitMqDelivery> deliveries = LongStream.rangeClosed(1, count)
                .mapToObj(UnsettledTest::delivery)
                .toList();
        deliveries.forEach(unsettled::add);
        return deliveries;
    }

    private void settle(List<RabbitMqDelivery> deliveries) throws IOException {
        unsettled.settle(deliveries, (tag, multiple) -> frames.add(multiple ? "..." + tag : Long.toString(tag)));
    }

    @Test
    void theOldestTogetherTakeOneFrame() throws Exception {
        List<RabbitMqDelivery> all = delivered(100);
        settle(all.subList(0, 60));
        settle(all.subList(60, 100).reversed());
        assertThat(frames).containsExactly("...60", "...100");
        assertThat(unsettled.size()).isZero();
    }

    @Test
    void othersTakeOneEach() throws Exception {
        List<RabbitMqDelivery> all = delivered(6);
        settle(List.of(all.get(0), all.get(2), all.get(4)));
        settle(List.of(all.get(1)));
        settle(List.of(all.get(3), all.get(5)));
        assertThat(frames).containsExactly("...1", "3", "5", "...2", "...6");
    }

    @Test
    void whatIsSettledIsNotSettledAgain() throws Exception {
        List<RabbitMqDelivery> all = delivered(3);
        settle(all.subList(0, 2));
        settle(all.subList(0, 2));
        settle(List.of());
        settle(List.of(all.get(2), all.get(2)));
        assertThat(frames).containsExactly("...2", "...3");
    }

    /** The broker's side of it: it closes the channel if a tag is not outstanding. */
    @RepeatedTest(200)
    void whateverTheOrderTheBrokerSettlesJustThoseMeant(RepetitionInfo repetition) throws Exception {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        List<RabbitMqDelivery> all = new ArrayList<>(delivered(40));
        TreeSet<Long> outstanding = new TreeSet<>();
        all.forEach(delivery -> outstanding.add(delivery.tag()));
        TreeSet<Long> meant = new TreeSet<>(outstanding);
        while (!all.isEmpty()) {
            List<RabbitMqDelivery> some = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0 && !all.isEmpty(); i--) {
                some.add(all.remove(random.nextInt(Math.min(8, all.size()))));
            }
            some.forEach(delivery -> meant.remove(delivery.tag()));
            unsettled.settle(some, (tag, multiple) -> {
                assertThat(outstanding).as("seed %d", seed).contains(tag);
                if (multiple) {
                    outstanding.headSet(tag, true).clear();
                } else {
                    outstanding.remove(tag);
                }
            });
            assertThat(outstanding).as("seed %d", seed).isEqualTo(meant);
        }
    }
}
