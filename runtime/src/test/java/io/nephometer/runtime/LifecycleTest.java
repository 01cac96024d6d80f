// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LifecycleTest {
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final Lifecycle lifecycle = new Lifecycle(Duration.ofSeconds(20), Ticker.system());

    @Test
    void partsStartInOrderAndStopInTheOther() {
        add("store");
        add("source");
        lifecycle.start();
        lifecycle.close();
        assertThat(steps).containsExactly("+store", "+source", "-source", "-store");
    }

    @Test
    void closingTwiceStopsOnceAndClosingBeforeTheStartStartsNothing() {
        add("store");
        lifecycle.start();
        lifecycle.close();
        lifecycle.close();
        assertThat(steps).containsExactly("+store", "-store");

        Lifecycle unused = new Lifecycle(Duration.ofSeconds(20), Ticker.system());
        unused.add("late", () -> steps.add("+late"), () -> steps.add("-late"));
        unused.close();
        unused.start();
        assertThat(steps).doesNotContain("+late", "-late");
    }

    @Test
    void startingTwiceAndAddingAfterTheStartAreMistakes() {
        lifecycle.start();
        assertThatThrownBy(lifecycle::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> add("late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("late");
    }

    @Test
    void aFailedStartStopsWhatWasBegunAndKeepsEveryFailure() {
        add("store");
        lifecycle.add(
                "server",
                () -> {
                    throw new IllegalStateException("no port");
                },
                () -> {
                    steps.add("-server");
                    throw new IllegalStateException("half open");
                });
        add("source");
        Throwable failure = catchThrowable(lifecycle::start);
        assertThat(failure)
                .isInstanceOf(LifecycleException.class)
                .hasMessage("server did not start: no port")
                .hasRootCauseMessage("no port");
        assertThat(failure.getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("half open");
        assertThat(steps).containsExactly("+store", "-server", "-store");
        lifecycle.close();
        assertThat(steps).hasSize(3);
    }

    @Test
    void aFailureWhileStoppingLeavesNothingRunning() {
        add("store");
        lifecycle.add("one", () -> {}, failing("first"));
        lifecycle.add("two", () -> {}, failing("second"));
        lifecycle.start();
        Throwable failure = catchThrowable(lifecycle::close);
        assertThat(failure).hasMessage("two did not stop cleanly: second");
        assertThat(failure.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("one did not stop cleanly: first");
        assertThat(steps).containsExactly("+store", "-store");
    }

    @Test
    void aPartThatHangsIsInterruptedAtTheDeadlineAndTheOthersStop() throws InterruptedException {
        Lifecycle hurried = new Lifecycle(Duration.ofMillis(50), Ticker.system());
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        hurried.add("store", () -> {}, stopped::countDown);
        hurried.add("hanging", () -> {}, () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        hurried.start();
        assertThatThrownBy(hurried::close).hasMessageContaining("hanging did not stop within the deadline of 50ms");
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingDuringTheStartStartsNoFurtherPartAndWaitsForTheOneBegun() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        lifecycle.add(
                "slow",
                () -> {
                    begun.countDown();
                    closing.await();
                    steps.add("+slow");
                },
                () -> steps.add("-slow"));
        add("never");
        Thread starter = Thread.ofVirtual().start(lifecycle::start);
        begun.await();
        Thread closer = Thread.ofVirtual().start(lifecycle::close);
        while (closer.getState() == Thread.State.NEW || closer.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        closing.countDown();
        lifecycle.awaitStop();
        starter.join();
        assertThat(steps).containsExactly("+slow", "-slow");
    }

    private void add(String name) {
        lifecycle.add(name, () -> steps.add("+" + name), () -> steps.add("-" + name));
    }

    private static Lifecycle.Step failing(String message) {
        return () -> {
            throw new IllegalStateException(message);
        };
    }
}
