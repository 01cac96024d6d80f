// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShellRunnerTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ShellRunner runner = new ShellRunner();

    @Test
    void bothOutputsAreTakenWithoutTheLastLineEnd() throws Exception {
        assertThat(runner.run("echo a; echo b >&2; exit 3", LONG)).isEqualTo("a\nb");
    }

    @Test
    void aCommandThatDoesNotEndIsEnded() {
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> runner.run("sleep 600", Duration.ofMillis(50)))
                .withMessage("the command did not end within 50 ms");
    }

    @Test
    void tooMuchIsRefused() {
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> runner.run("yes", LONG))
                .withMessageContaining("wrote more than");
    }
}
