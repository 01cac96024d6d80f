// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.Period;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditPeriodTest {
    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        // exactly on the boundary: the period that ends now is over
        "month,    2026-11-01T00:00:00Z,       2026-10-01T00:00:00Z, 2026-11-01T00:00:00Z",
        "month,    2026-10-31T23:59:59.999Z,   2026-09-01T00:00:00Z, 2026-10-01T00:00:00Z",
        "month@15, 2026-01-10T00:00:00Z,       2025-11-15T00:00:00Z, 2025-12-15T00:00:00Z",
        "month@15, 2026-01-15T00:00:00Z,       2025-12-15T00:00:00Z, 2026-01-15T00:00:00Z",
        "month@28, 2027-03-01T00:00:00Z,       2027-01-28T00:00:00Z, 2027-02-28T00:00:00Z",
        "month@28, 2028-03-01T00:00:00Z,       2028-01-28T00:00:00Z, 2028-02-28T00:00:00Z",
        "hour,     2026-11-22T05:00:00Z,       2026-11-22T04:00:00Z, 2026-11-22T05:00:00Z",
        "hour@30,  2026-11-22T00:10:00Z,       2026-11-21T22:30:00Z, 2026-11-21T23:30:00Z",
        "hour@30,  2026-11-22T00:30:00Z,       2026-11-21T23:30:00Z, 2026-11-22T00:30:00Z",
        "hour@59,  2026-11-22T00:58:59Z,       2026-11-21T22:59:00Z, 2026-11-21T23:59:00Z",
        "day,      2026-03-01T00:00:00Z,       2026-02-28T00:00:00Z, 2026-03-01T00:00:00Z",
        "day@6,    2026-03-01T05:59:59Z,       2026-02-27T06:00:00Z, 2026-02-28T06:00:00Z",
        "day@23,   2026-03-01T23:00:00Z,       2026-02-28T23:00:00Z, 2026-03-01T23:00:00Z",
        "year,     2026-01-01T00:00:00Z,       2025-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
        "year@4,   2026-03-31T00:00:00Z,       2024-04-01T00:00:00Z, 2025-04-01T00:00:00Z",
        "year@12,  2026-12-31T00:00:00Z,       2025-12-01T00:00:00Z, 2026-12-01T00:00:00Z",
    })
    void lastCompletedPeriodIsTheOneThatEndedLast(String text, Instant now, Instant begin, Instant end) {
        assertThat(AuditPeriod.parse(text).lastCompleted(now)).isEqualTo(new Period(begin, end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hour@17", "day@5", "month@28", "year@2"})
    void periodsFollowOneAnotherWithoutGapOrOverlap(String text) {
        AuditPeriod periods = AuditPeriod.parse(text);
        Period period = periods.at(Instant.parse("2023-12-31T23:59:59Z"));
        for (int i = 0; i < 2_000; i++) {
            Period next = periods.at(period.end());
            assertThat(next.begin()).isEqualTo(period.end());
            assertThat(periods.at(period.end().minusNanos(1))).isEqualTo(period);
            assertThat(periods.at(period.begin())).isEqualTo(period);
            assertThat(periods.lastCompleted(period.end())).isEqualTo(period);
            period = next;
        }
    }

    @Test
    void everyPeriodSinceIsCaughtUpOldestFirst() {
        AuditPeriod days = AuditPeriod.parse("day");
        Instant now = Instant.parse("2026-11-04T00:00:00Z");
        assertThat(days.completed(Instant.parse("2026-11-02T00:00:00Z"), now, 10))
                .containsExactly(day("2026-11-01"), day("2026-11-02"), day("2026-11-03"));
        // one that ended before is none, wherever the others begin
        assertThat(days.completed(Instant.parse("2026-11-02T00:00:01Z"), now, 10))
                .containsExactly(day("2026-11-02"), day("2026-11-03"));
        assertThat(days.completed(Instant.parse("2026-11-02T00:00:00Z"), now, 2))
                .containsExactly(day("2026-11-02"), day("2026-11-03"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hour@17", "day", "month", "month@28", "year@2"})
    void theOneThatEndedLastIsAlwaysCaughtUp_howeverShortThatIs(String text) {
        AuditPeriod periods = AuditPeriod.parse(text);
        Instant now = Instant.parse("2026-11-29T07:00:00Z");
        assertThat(periods.completed(now, now, 10)).containsExactly(periods.lastCompleted(now));
        assertThat(periods.completed(now.plusSeconds(1), now, 1)).containsExactly(periods.lastCompleted(now));
    }

    private static Period day(String begin) {
        Instant start = Instant.parse(begin + "T00:00:00Z");
        return new Period(start, start.plusSeconds(86_400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hour@60", "day@24", "month@0", "month@29", "month@31", "year@0", "year@13"})
    void offsetsThatDoNotExistInEachPeriodAreRefusedAtOnce(String text) {
        assertThatThrownBy(() -> AuditPeriod.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.substring(text.indexOf('@') + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "week", "hour@", "hour@-1", "Hour", "hour 5", "hour@5 ", "month@99999"})
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> AuditPeriod.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"hour,hour@0", "day,day@0", "month,month@1", "year,year@1", "month@15,month@15"})
    void textFormIsReadBack(String text, String full) {
        assertThat(AuditPeriod.parse(text)).hasToString(full);
        assertThat(AuditPeriod.parse(full)).isEqualTo(AuditPeriod.parse(text));
    }
}
