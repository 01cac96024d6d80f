// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.sources.polling.SlotMeasurements;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LossListTest {
    private final LossList losses = new LossList();

    private static Slot slot(int minute) {
        return Messages.message(minute, 0).slot();
    }

    private static Loss lost(String member, int minute) {
        return Loss.one(LossReason.SPOOL_OVERFLOW, member, slot(minute), 10);
    }

    private static Loss run(String member, int first, int last, int messages) {
        return new Loss(LossReason.SPOOL_OVERFLOW, member, slot(first), slot(last), true, messages, 10L * messages);
    }

    private static List<Slot> told(Loss loss) {
        return LongStream.range(0, loss.slots())
                .mapToObj(number -> loss.told(number, "m").slot())
                .toList();
    }

    @Test
    void slotsThatFollowOneAnother_areOne_inWhateverOrderTheyCome() {
        losses.add(lost("a", 3));
        losses.add(lost("b", 4));
        losses.add(lost("a", 1));
        assertThat(losses.all()).hasSize(3);
        losses.add(lost("a", 2));
        losses.add(lost("a", 2));

        assertThat(losses.all()).containsExactly(run("a", 1, 3, 4), run("b", 4, 4, 1));
        assertThat(told(losses.all().getFirst())).containsExactly(slot(1), slot(2), slot(3));
    }

    @Test
    void aSlotBetweenThatWasNotLost_isNotToldToBe() {
        List.of(1, 2, 4).forEach(minute -> losses.add(lost("a", minute)));
        assertThat(losses.all()).containsExactly(run("a", 1, 2, 2), run("a", 4, 4, 1));
    }

    @Test
    void whatIsOnlyKnownAbout_isToldInItsFirstSlot() {
        Loss about = Loss.about(LossReason.SPOOL_DAMAGED, "a", slot(1), slot(9), 2);
        losses.add(about);
        losses.add(Loss.one(LossReason.SPOOL_DAMAGED, "a", slot(5), 10));
        assertThat(losses.all()).containsExactly(about, Loss.one(LossReason.SPOOL_DAMAGED, "a", slot(5), 10));
        assertThat(told(about)).containsExactly(slot(1));
    }

    /** So that neither memory nor file grow without bound; nothing is told of a slot that was not lost. */
    @Test
    void ofManyHoles_theEarliestAreForgotten_andNothingElse() {
        Random random = new Random(7);
        SortedSet<Integer> minutes = new TreeSet<>();
        while (minutes.size() < 300) {
            minutes.add(random.nextInt(10_000) * 2);
        }
        List<Integer> inAnyOrder = new ArrayList<>(minutes);
        Collections.shuffle(inAnyOrder, random);
        inAnyOrder.forEach(minute -> losses.add(lost("a", minute)));

        assertThat(losses.all()).hasSizeLessThanOrEqualTo(17);
        assertThat(losses.all().stream().mapToInt(Loss::messages).sum()).isEqualTo(300);
        assertThat(losses.all().stream().mapToLong(Loss::samples).sum()).isEqualTo(3_000);
        assertThat(losses.all()).allSatisfy(loss -> assertThat(told(loss)).allSatisfy(slot -> assertThat(minutes)
                .contains((int) ((slot.start().getEpochSecond() - Messages.START.getEpochSecond()) / 60))));
        assertThat(losses.all().getFirst().first()).isEqualTo(slot(minutes.getFirst()));
        assertThat(losses.all().getLast().last()).isEqualTo(slot(minutes.getLast()));
    }

    @Test
    void whatWasToldInPart_isLeftInPart_andAllIsCountedOnce() {
        for (int minute = 1; minute <= 10; minute++) {
            losses.add(Loss.one(LossReason.SPOOL_OVERFLOW, "a", slot(minute), 7));
        }
        Loss whole = losses.all().getFirst();
        long counted = 0;
        for (int told = 0; told < 3; told++) {
            counted += count(whole.told(told, "a"));
        }
        losses.told(whole, 3);
        Loss rest = losses.all().getFirst();
        assertThat(rest.first()).isEqualTo(slot(4));
        assertThat(rest.messages()).isEqualTo(7);
        for (int told = 0; told < rest.slots(); told++) {
            counted += count(rest.told(told, "a"));
        }
        assertThat(counted).isEqualTo(70);
        losses.told(rest, rest.slots());
        assertThat(losses.all()).isEmpty();
    }

    private static long count(SlotMeasurements missing) {
        return missing.shortfalls().stream().mapToLong(Shortfall::count).sum();
    }

    @Test
    void whatGrewWhileItWasTold_isToldAgain() {
        losses.add(lost("a", 1));
        Loss before = losses.all().getFirst();
        losses.add(lost("a", 2));
        losses.told(before, 1);
        assertThat(losses.all()).containsExactly(run("a", 1, 2, 2));
    }
}
