// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class StateLogTest {
    private final AtomicLong now = new AtomicLong();
    private final Lines lines = new Lines();
    private final StateLog state = new StateLog(lines, "store", Duration.ofMinutes(1), now::get);

    @Test
    void aTroubleIsLoggedOnceAndItsRepeatsCounted() {
        for (int i = 0; i < 1000; i++) {
            state.trouble("unreachable", "connection refused");
        }
        assertThat(state.repeats()).isEqualTo(999);
        pass(Duration.ofSeconds(30));
        state.well("reachable");
        assertThat(lines.text)
                .containsExactly(
                        "WARN store: unreachable: connection refused",
                        "INFO store: reachable; before: unreachable for 30 s, 999 repeats");
        assertThat(state.repeats()).isZero();
    }

    @Test
    void aLongTroubleIsCalledToMind() {
        state.trouble("unreachable", "x");
        pass(Duration.ofSeconds(59));
        state.trouble("unreachable", "x");
        pass(Duration.ofSeconds(1));
        state.trouble("unreachable", "y");
        state.trouble("unreachable", "y");
        assertThat(lines.text)
                .containsExactly(
                        "WARN store: unreachable: x", "WARN store: still unreachable after 60 s, 2 repeats: y");
    }

    @Test
    void anotherTroubleIsAChange() {
        state.trouble("unreachable", "x");
        pass(Duration.ofSeconds(5));
        state.trouble("read-only", "y");
        pass(Duration.ofSeconds(5));
        state.well("fine");
        assertThat(lines.text)
                .containsExactly(
                        "WARN store: unreachable: x",
                        "WARN store: read-only: y",
                        "INFO store: fine; before: read-only for 10 s, 0 repeats");
    }

    @Test
    void beingWellIsNoNews() {
        state.well("fine");
        state.well("fine");
        assertThat(lines.text).isEmpty();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static final class Lines extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        private final transient List<String> text = new ArrayList<>();

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String message,
                Object @Nullable [] arguments,
                @Nullable Throwable cause) {
            text.add(level + " "
                    + MessageFormatter.arrayFormat(message, arguments).getMessage());
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
