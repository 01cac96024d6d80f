// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Period;
import io.nephometer.sources.audits.OutOfReach.Bound;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which periods are audited, of those that are over. */
class DuePeriodsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T07:00:00Z");
    private static final Period SEPTEMBER =
            new Period(Instant.parse("2026-09-01T00:00:00Z"), Instant.parse("2026-10-01T00:00:00Z"));
    private static final Period OCTOBER =
            new Period(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"));

    private final FakeCloud cloud = new FakeCloud();

    private static AuditOptions options(String period, Duration catchUp) {
        return new AuditOptions(AuditPeriod.parse(period), Duration.ofMinutes(1), catchUp, Duration.ofMinutes(30));
    }

    private DuePeriods due(String period, Duration catchUp, @Nullable Instant from) throws AuditException {
        cloud.from = from;
        return DuePeriods.at(NOW, options(period, catchUp), cloud);
    }

    @Test
    void aPeriodThatIsLongerThanWhatIsCaughtUpIsAuditedWhenItIsOver() throws AuditException {
        assertThat(due("month", Duration.ofDays(7), Instant.EPOCH).periods()).containsExactly(OCTOBER);
        assertThat(due("month", Duration.ZERO, Instant.EPOCH).periods()).containsExactly(OCTOBER);
        assertThat(due("month", Duration.ofDays(60), Instant.EPOCH).periods()).containsExactly(SEPTEMBER, OCTOBER);
    }

    @Test
    void whatBeganBeforeTheInventoryIsNot_andWithoutOneItIsHeld() throws AuditException {
        Duration catchUp = Duration.ofDays(60);
        assertThat(due("month", catchUp, OCTOBER.begin()).periods()).containsExactly(OCTOBER);
        assertThat(due("month", catchUp, OCTOBER.begin().plusNanos(1)).periods())
                .isEmpty();
        assertThat(due("month", catchUp, null).periods()).containsExactly(SEPTEMBER, OCTOBER);
    }

    @Test
    void whyAPeriodIsNotAudited() throws AuditException {
        DuePeriods due = due("month", Duration.ofDays(7), SEPTEMBER.begin());
        assertThat(due.outOfReach(OCTOBER)).isEmpty();
        assertThat(due.outOfReach(SEPTEMBER))
                .contains(new OutOfReach(Bound.CATCH_UP, "the earliest period that is audited is " + OCTOBER));
        assertThat(due("month", Duration.ofDays(60), OCTOBER.begin()).outOfReach(SEPTEMBER))
                .contains(new OutOfReach(Bound.INVENTORY, "the inventory begins at " + OCTOBER.begin()));
        assertThat(due("month", Duration.ofDays(60), null).outOfReach(SEPTEMBER))
                .isEmpty();
        assertThat(due.outOfReach(new Period(OCTOBER.end(), NOW)).map(OutOfReach::bound))
                .contains(Bound.PERIODS);
        assertThat(due.outOfReach(new Period(OCTOBER.end().minusSeconds(3600), OCTOBER.end())))
                .contains(new OutOfReach(Bound.PERIODS, "the last period that is over is " + OCTOBER));
    }

    /** At any time of two years: what is audited began no longer ago than the options say, and what reaches so far may be it. */
    @ParameterizedTest
    @CsvSource({"hour@17,PT0S", "hour,PT50H", "day@6,PT10H", "month,PT168H", "month@28,PT1488H", "year@2,PT1H"})
    void nothingThatIsAuditedBeganLongerAgoThanTheOptionsSay(String period, Duration catchUp) throws AuditException {
        AuditOptions options = options(period, catchUp);
        Duration longest = Duration.ZERO;
        for (Instant now = NOW; now.isBefore(NOW.plus(Duration.ofDays(800))); now = now.plus(Duration.ofMinutes(613))) {
            Period first = DuePeriods.at(now, options, cloud).periods().getFirst();
            assertThat(Duration.between(first.end(), now)).isLessThanOrEqualTo(options.back());
            Duration began = Duration.between(first.begin(), now);
            longest = began.compareTo(longest) > 0 ? began : longest;
        }
        assertThat(longest).isBetween(options.reach().multipliedBy(8).dividedBy(10), options.reach());
    }

    @Test
    void ticksReachAsFar() throws AuditException {
        Duration length = Duration.ofMinutes(5);
        AuditOptions options = new AuditOptions(new Ticks(length), Duration.ZERO, Duration.ZERO, length);
        assertThat(options.back()).isEqualTo(length);
        assertThat(options.reach()).isEqualTo(length.multipliedBy(2));
        DuePeriods due = DuePeriods.at(NOW.plusSeconds(299), options, cloud);
        assertThat(due.periods()).containsExactly(new Period(NOW.minus(length), NOW));
        assertThat(due.outOfReach(new Period(NOW.minus(length), NOW))).isEqualTo(Optional.empty());
    }
}
