// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.config.RetentionConfig;
import io.nephometer.store.ledger.RetentionPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {
    @Test
    void retention_isWhatIsConfigured() {
        assertThat(StoreSettings.retention(kept(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(7))))
                .isEqualTo(new RetentionPolicy(
                        Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(7), Duration.ofDays(100)));
        assertThat(StoreSettings.retention(kept(null, null, null)))
                .isEqualTo(new RetentionPolicy(null, null, null, Duration.ofDays(100)));
    }

    @Test
    void whatAuditsGoBackTo_outlivesSamples() {
        RetentionPolicy brief = StoreSettings.retention(kept(Duration.ofDays(7), Duration.ofDays(7), null));
        assertThat(brief.inventory()).isEqualTo(Duration.ofDays(100));
        assertThat(brief.audited()).isEqualTo(Duration.ofDays(100));
        RetentionPolicy lasting = StoreSettings.retention(kept(Duration.ofDays(400), Duration.ofDays(300), null));
        assertThat(lasting.inventory()).isEqualTo(Duration.ofDays(300));
        assertThat(lasting.audited()).isEqualTo(lasting.intake());
        assertThat(StoreSettings.retention(kept(Duration.ofDays(7), null, null)).inventory())
                .isNull();
    }

    @Test
    void intakeRows_outliveEverythingThatMayStillBeAccepted() {
        RetentionConfig both = kept(Duration.ofDays(30), Duration.ofDays(90), null);
        assertThat(both.longest()).isEqualTo(Duration.ofDays(90));
        assertThat(StoreSettings.retention(both).intake()).isGreaterThan(Duration.ofDays(90));
        for (RetentionConfig unlimited :
                new RetentionConfig[] {kept(Duration.ofDays(1), null, null), kept(null, Duration.ofDays(1), null)}) {
            assertThat(unlimited.longest()).isNull();
            assertThat(StoreSettings.retention(unlimited).intake()).isNull();
        }
    }

    private static RetentionConfig kept(
            @Nullable Duration events, @Nullable Duration samples, @Nullable Duration recovery) {
        return new RetentionConfig(events, samples, recovery, Duration.ofDays(100), Duration.ofMinutes(10), 50_000);
    }
}
