// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SideBySideTest {
    private final SideBySide parts = new SideBySide();
    private final List<String> started = new ArrayList<>();

    @Test
    void theyStartInTheirOrder_andStopAtTheSameTime() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        parts.add("one", () -> started.add("one"), both::await);
        parts.add("two", () -> started.add("two"), both::await);
        parts.start();
        assertThat(started).containsExactly("one", "two");

        parts.close();

        assertThat(both.getNumberWaiting()).isZero();
        assertThat(both.isBroken()).isFalse();
    }

    @Test
    void whatWasNotBegun_isNotStopped_andWhatFailedToStartIs() throws Exception {
        BlockingQueue<String> stopped = new LinkedBlockingQueue<>();
        parts.add("one", () -> {}, () -> stopped.add("one"));
        parts.add(
                "two",
                () -> {
                    throw new IOException("as a test");
                },
                () -> stopped.add("two"));
        parts.add("three", () -> {}, () -> stopped.add("three"));
        assertThatThrownBy(parts::start).isInstanceOf(IOException.class);

        parts.close();

        assertThat(stopped).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void oneThatDoesNotStopCleanly_isTold_onceAllHaveStopped() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        BlockingQueue<String> stopped = new LinkedBlockingQueue<>();
        parts.add("one", () -> {}, () -> {
            failed.countDown();
            throw new IOException("as a test");
        });
        parts.add("two", () -> {}, () -> {
            failed.await();
            stopped.add("two");
        });
        parts.start();

        assertThatThrownBy(parts::close)
                .hasMessageContaining("one")
                .hasMessageContaining("as a test")
                .hasCauseInstanceOf(IOException.class);
        assertThat(stopped).containsExactly("two");
    }

    @Test
    void anInterrupt_reachesEach() throws Exception {
        BlockingQueue<String> interrupted = new LinkedBlockingQueue<>();
        for (String name : List.of("one", "two")) {
            parts.add(name, () -> {}, () -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.add(name);
                }
            });
        }
        parts.start();
        Thread.currentThread().interrupt();

        assertThatThrownBy(parts::close).isInstanceOf(InterruptedException.class);

        assertThat(List.of(interrupted.take(), interrupted.take())).containsExactlyInAnyOrder("one", "two");
    }
}
