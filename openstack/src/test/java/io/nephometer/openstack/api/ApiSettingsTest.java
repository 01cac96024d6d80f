// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.config.ByteSize;
import io.nephometer.testkit.config.ConfigRecordAssert;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiSettingsTest {
    private static final ConfigRecordAssert<ApiSettings> RECORD = ConfigRecordAssert.of(ApiSettings.class);
    private static final ApiSettings ALL = new ApiSettings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            5,
            Duration.ofSeconds(6),
            Duration.ofSeconds(7),
            new ByteSize(8 << 20),
            Duration.ofSeconds(9),
            new ApiBudget(1.5, 11),
            Map.of("image", new ApiBudget(2, 12)));

    @Test
    void hasDefaults() {
        RECORD.hasDefaults(ApiSettings.defaults());
    }

    @Test
    void bindsEveryKey() {
        RECORD.bindsEveryKey("""
                connect_timeout: 1s
                response_timeout: 2s
                body_timeout: 3s
                attempts: 5
                first_pause: 6s
                longest_pause: 7s
                largest_answer: 8MiB
                budget_wait: 9s
                budget: {rate: 1.5, burst: 11}
                budgets: {image: {rate: 2, burst: 12}}
                """, ALL);
    }

    @Test
    void aServiceMayHaveABudgetOfItsOwn() {
        assertThat(ALL.budgetOf(ServiceType.IMAGE)).isEqualTo(new ApiBudget(2, 12));
        assertThat(ALL.budgetOf(ServiceType.COMPUTE)).isEqualTo(new ApiBudget(1.5, 11));
    }
}
