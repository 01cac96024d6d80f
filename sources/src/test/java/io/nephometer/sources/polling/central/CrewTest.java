// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CrewTest {
    private final Queue<String> done = new ConcurrentLinkedQueue<>();
    private final Crew crew = new Crew(1);

    /** A slot without what it left undone would look whole. */
    @Test
    void anErrorOfOne_doesNotPassForDone_andCostsNoSeat() throws Exception {
        assertThatThrownBy(() -> crew.each(List.of("a", "b"), item -> {
                    if (item.equals("a")) {
                        throw new StackOverflowError("as a test");
                    }
                    done.add(item);
                }))
                .isInstanceOf(IllegalStateException.class);

        crew.each(List.of("c"), done::add);

        assertThat(done).containsExactly("b", "c");
    }

    @Test
    void eachIsDone() throws Exception {
        crew.each(List.of("a", "b", "c"), done::add);
        assertThat(done).containsExactlyInAnyOrder("a", "b", "c");
    }
}
