// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthRegistryTest {
    private final HealthRegistry registry = new HealthRegistry();

    @Test
    void nothingIsUp() {
        assertThat(HealthRegistry.worst(registry.read())).isInstanceOf(Health.Up.class);
    }

    @Test
    void theWorstComponentDecides() {
        registry.register("a", () -> new Health.Up("fine"));
        assertThat(HealthRegistry.worst(registry.read())).isInstanceOf(Health.Up.class);
        registry.register("b", () -> new Health.Degraded("slow"));
        assertThat(HealthRegistry.worst(registry.read())).isEqualTo(new Health.Degraded("b: slow"));
        registry.register("c", () -> new Health.Down("gone"));
        registry.register("d", () -> new Health.Degraded("old"));
        assertThat(HealthRegistry.worst(registry.read())).isEqualTo(new Health.Down("c: gone"));
        registry.register("c", () -> new Health.Up("back"));
        assertThat(HealthRegistry.worst(registry.read())).isEqualTo(new Health.Degraded("b: slow"));
    }

    @Test
    void aCheckThatFailsIsDown() {
        registry.register("a", () -> {
            throw new IllegalStateException("oops");
        });
        assertThat(registry.read().get("a")).isInstanceOfSatisfying(Health.Down.class, down -> assertThat(down.detail())
                .contains("oops"));
    }
}
