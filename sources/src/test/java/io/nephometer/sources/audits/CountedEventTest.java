// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Period;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountedEventTest {
    private static final Period HOUR =
            new Period(Instant.parse("2026-11-22T01:00:00Z"), Instant.parse("2026-11-22T02:00:00Z"));

    private static CountedEvent event(CountedTask task, String part, long counted) {
        CountedUsage usage = new CountedUsage(
                new CountedSubject("i-1", part),
                Map.of("bw_in", counted),
                Map.of(),
                "2026-11-22T01:59:00Z",
                Map.of("host", "h1"),
                false);
        return new CountedEvent(task, HOUR, usage);
    }

    /** Never change, or what is in ledgers would be told again. */
    @Test
    void idsAreOfTaskPeriodAndSubjectAlone() {
        CountedEvent traffic = event(new PollBandwidthUsage(), "fa:16:3e:00:00:01", 1);
        assertThat(traffic.id().text()).isEqualTo("af9fd426-cfc5-5feb-b6c0-80fab60c2023");
        assertThat(event(new PollBandwidthUsage(), "fa:16:3e:00:00:01", 2).id()).isEqualTo(traffic.id());
        assertThat(event(new PollVolumeUsage(), "v-1", 1).id().text())
                .isEqualTo("1859bba3-c562-52b8-a44c-c5f5a558173c");
    }

    @Test
    void aPartMayHaveTheCharacterThatEndsTheInstance() {
        CountedSubject subject = new CountedSubject("i-1", "a/b");
        assertThat(CountedSubject.of(subject.text())).isEqualTo(subject);
    }
}
