// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TypeIndexTest {
    private final AtomicInteger lookups = new AtomicInteger();
    private final TypeIndex<Integer> index = new TypeIndex<>(type -> {
        lookups.incrementAndGet();
        return type.length();
    });

    @Test
    void aType_isLookedUpOnce() {
        assertThat(index.of("a.b")).isEqualTo(3);
        assertThat(index.of("a.b")).isEqualTo(3);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void typesWithoutEnd_areForgottenAgain() {
        for (int i = 0; i < 10_001; i++) {
            index.of("type." + i);
        }
        index.of("type.0");

        assertThat(lookups).hasValue(10_002);
    }

    @Test
    void overlongTypes_areNotKept() {
        index.of("x".repeat(256));
        index.of("x".repeat(256));

        assertThat(lookups).hasValue(2);
    }
}
