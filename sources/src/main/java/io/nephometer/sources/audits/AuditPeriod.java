// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How time is cut into periods: {@code hour|day|month|year[@offset]}, as Nova's {@code instance_usage_audit_period} says it. Periods are
 * of UTC, follow one another without gap or overlap, and contain their beginning but not their end.
 *
 * @param offset the minute of the hour, the hour of the day, the day of the month, or the month of the year at which periods begin
 */
public record AuditPeriod(Length length, int offset) implements Periods {
    private static final Pattern FORM = Pattern.compile("([a-z]+)(?:@([0-9]{1,4}))?");

    public AuditPeriod {
        if (offset < length.least || offset > length.most) {
            throw new IllegalArgumentException("a period of one " + length.text() + " begins at " + length.what + " "
                    + length.least + " to " + length.most + ", not " + offset);
        }
    }

    /** How long periods are, and where they may begin. Beyond the bounds there is no such moment in each of them. */
    public enum Length {
        HOUR(ChronoUnit.HOURS, "minute", 0, 59),
        DAY(ChronoUnit.DAYS, "hour", 0, 23),
        MONTH(ChronoUnit.MONTHS, "day", 1, 28),
        YEAR(ChronoUnit.YEARS, "month", 1, 12);

        private final ChronoUnit unit;
        private final String what;
        private final int least;
        private final int most;

        Length(ChronoUnit unit, String what, int least, int most) {
            this.unit = unit;
            this.what = what;
            this.least = least;
            this.most = most;
        }

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads {@code hour}, {@code day@6}, {@code month@15}, {@code year@4} …; without an offset periods begin where the calendar's do.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static AuditPeriod parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw unknown(text);
        }
        for (Length length : Length.values()) {
            if (length.text().equals(form.group(1))) {
                String offset = form.group(2);
                return new AuditPeriod(length, offset == null ? length.least : Integer.parseInt(offset));
            }
        }
        throw unknown(text);
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(
                "expected hour, day, month or year, each perhaps with @ and where it begins: month@15; not '" + text
                        + "'");
    }

    /** The period that {@code time} is in. */
    public Period at(Instant time) {
        ZonedDateTime begin = begin(time.atZone(ZoneOffset.UTC));
        return new Period(begin.toInstant(), begin.plus(1, length.unit).toInstant());
    }

    private ZonedDateTime begin(ZonedDateTime time) {
        ZonedDateTime begin =
                switch (length) {
                    case HOUR -> time.truncatedTo(ChronoUnit.HOURS).withMinute(offset);
                    case DAY -> time.truncatedTo(ChronoUnit.DAYS).withHour(offset);
                    case MONTH -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(offset);
                    case YEAR ->
                        time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).withMonth(offset);
                };
        return begin.isAfter(time) ? begin.minus(1, length.unit) : begin;
    }

    @Override
    public Period lastCompleted(Instant now) {
        return before(at(now));
    }

    @Override
    public Period before(Period period) {
        return new Period(
                period.begin().atZone(ZoneOffset.UTC).minus(1, length.unit).toInstant(), period.begin());
    }

    @Override
    public Duration longest() {
        return switch (length) {
            case HOUR -> Duration.ofHours(1);
            case DAY -> Duration.ofDays(1);
            case MONTH -> Duration.ofDays(31);
            case YEAR -> Duration.ofDays(366);
        };
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return length.text() + "@" + offset;
    }
}
