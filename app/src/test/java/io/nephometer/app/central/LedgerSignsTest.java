// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a ledger counts as away. */
class LedgerSignsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration DOUBT = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();
    private final LedgerSigns signs = new LedgerSigns(nanos::get, PATIENCE, DOUBT);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aLookThatFails_makesItAway_untilOneIsAnswered() {
        assertThat(signs.isAway()).isFalse();
        signs.lookBegins();
        signs.lookEnds(false);
        assertThat(signs.isAway()).isTrue();
        signs.lookBegins();
        assertThat(signs.isAway()).isTrue();
        signs.lookEnds(true);
        assertThat(signs.isAway()).isFalse();
    }

    @Test
    void aLookThatIsLetWait_makesItAway_afterThePatience() {
        signs.lookBegins();
        pass(PATIENCE);
        assertThat(signs.isAway()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(signs.isAway()).isTrue();
        signs.lookEnds(true);
        pass(PATIENCE.multipliedBy(2));
        assertThat(signs.isAway()).isFalse();
    }

    /** It may wait for the lock of another member. */
    @Test
    void oneLateQuestion_isNothing_ifTheLookThatItAsksForIsAnswered() {
        AtomicInteger looks = new AtomicInteger();
        signs.onDoubt(looks::incrementAndGet);
        signs.late();
        assertThat(looks).hasValue(1);
        assertThat(signs.isAway()).isFalse();
        signs.lookBegins();
        pass(DOUBT);
        signs.lookEnds(true);
        pass(DOUBT.multipliedBy(2));
        assertThat(signs.isAway()).isFalse();
    }

    @Test
    void oneLateQuestion_isNothing_ifAnotherIsAnswered() {
        signs.late();
        pass(DOUBT);
        signs.answered();
        pass(DOUBT.multipliedBy(2));
        assertThat(signs.isAway()).isFalse();
    }

    @Test
    void oneLateQuestion_andSilenceToAll_makeItAway() {
        signs.late();
        pass(DOUBT.dividedBy(2));
        signs.late();
        pass(DOUBT.dividedBy(2));
        assertThat(signs.isAway()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(signs.isAway()).as("counted from the first that was late").isTrue();
    }

    /** It tells its time, and takes nothing: its disk is full, or a replica that it waits for is gone. */
    @Test
    void lateQuestionsAlone_makeItAway_thoughLooksAreAnswered() {
        lateAndLookedAt();
        pass(PATIENCE.plusNanos(1));
        lateAndLookedAt();
        assertThat(signs.isAway()).as("two are few").isFalse();
        signs.late();
        assertThat(signs.isAway()).isTrue();

        signs.lookBegins();
        signs.lookEnds(true);
        assertThat(signs.isAway()).as("it is tried again after each look").isFalse();
        signs.late();
        assertThat(signs.isAway()).as("and one more that is late suffices").isTrue();
    }

    /** Large commits may have all connections for a moment. */
    @Test
    void manyLateQuestionsOfOneMoment_areNothing_ifOneIsAnsweredThen() {
        for (int question = 0; question < 8; question++) {
            lateAndLookedAt();
        }
        pass(PATIENCE);
        assertThat(signs.isAway()).isFalse();
        signs.answered();
        pass(Duration.ofNanos(1));
        lateAndLookedAt();
        lateAndLookedAt();
        signs.late();
        assertThat(signs.isAway()).isFalse();
    }

    private void lateAndLookedAt() {
        signs.late();
        signs.lookBegins();
        signs.lookEnds(true);
    }
}
