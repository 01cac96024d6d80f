// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserMetadataRuleTest {
    private final UserMetadataRule rule = new UserMetadataRule(List.of("metering."), List.of("cost.center"), 3);

    @Test
    void marksAndKeys_areTaken_dotsReplaced_textsCut() {
        Map<String, Object> given = Map.of("metering.a.b", "\ud83d\ude00long", "cost.center", 12345L, "other", "no");

        assertThat(rule.of(given, Map.of()))
                .containsOnly(Map.entry("a_b", "\ud83d\ude00lo"), Map.entry("cost_center", 12345L));
    }

    @Test
    void whatTheSampleHasAlready_isNotTakenAgain() {
        assertThat(rule.of(Map.of("metering.name", "x"), Map.of("name", "y"))).isEmpty();
    }
}
