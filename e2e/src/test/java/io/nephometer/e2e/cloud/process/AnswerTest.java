// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerTest {
    @Test
    void outputIsTheAnswer() throws Exception {
        assertThat(Answer.of(List.of("sh", "-c", "echo one; echo two"))).isEqualTo("one\ntwo\n");
    }

    @Test
    void aCommandThatFailsIsNamedWithItsExitCode() {
        assertThatThrownBy(() -> Answer.of(List.of("sh", "-c", "exit 3")))
                .isInstanceOf(IOException.class)
                .hasMessage("failed with exit code 3: sh -c exit 3");
    }

    /** The shell is killed, and so is what it waits for: nobody writes to the input. */
    @Test
    void aCommandThatHangsIsKilledAndNamed() {
        assertThatThrownBy(() -> Answer.of(List.of("sh", "-c", "cat; echo over"), Duration.ofMillis(100)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not end within")
                .hasMessageContaining("cat; echo over");
    }
}
