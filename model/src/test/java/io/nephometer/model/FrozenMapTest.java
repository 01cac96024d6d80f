// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrozenMapTest {
    private final Map<String, Object> made = new LinkedHashMap<>();

    FrozenMapTest() {
        made.put("z", 1L);
        made.put("a", null);
        made.put("m", "text");
    }

    @Test
    void keepsTheOrderAndTheNullsOfWhatItWasMadeOf() {
        FrozenMap<String, Object> frozen = FrozenMap.copyOf(made);

        assertThat(frozen).isEqualTo(made).hasSameHashCodeAs(made);
        assertThat(frozen.keySet()).containsExactly("z", "a", "m");
        assertThat(frozen.containsKey("a")).isTrue();
        assertThat(frozen.get("a")).isNull();
    }

    @Test
    void isNotChangedWithWhatItWasMadeOf() {
        FrozenMap<String, Object> frozen = FrozenMap.copyOf(made);
        made.put("later", true);

        assertThat(frozen).doesNotContainKey("later");
    }

    @Test
    void cannotBeChanged() {
        FrozenMap<String, Object> frozen = FrozenMap.copyOf(made);

        assertThatThrownBy(() -> frozen.put("b", 2L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> frozen.remove("z")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> frozen.entrySet().iterator().next().setValue(3L))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void isItsOwnCopy() {
        FrozenMap<String, Object> frozen = FrozenMap.copyOf(made);

        assertThat(FrozenMap.copyOf(frozen)).isSameAs(frozen);
    }
}
