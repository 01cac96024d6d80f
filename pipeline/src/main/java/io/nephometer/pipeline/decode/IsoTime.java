// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as senders write it: the forms of ISO 8601 that OpenStack's own reader takes, such as
 * {@code 2026-11-22 01:27:42.449925}, {@code 2026-11-22T01:27:42Z}, {@code 20261122T012742+0200} or {@code 2026-11}. What is
 * missing is the first month, the first day or zero; without an offset it is UTC. Digits beyond the microsecond are cut.
 *
 * @param local the reading of the sender's clock, in the years 1 to 9999
 * @param offsetMinutes of that clock to UTC, less than a day
 */
public record IsoTime(LocalDateTime local, int offsetMinutes) {
    private static final int MINUTES_PER_DAY = 24 * 60;

    /** Every accepted form; a month without dashes must be followed by a day. */
    private static final Pattern FORM = Pattern.compile("(?<year>[0-9]{4})"
            + "((-(?<monthdash>[0-9]{1,2})|(?<month>[0-9]{2})(?!\n?\\z))"
            + "((-(?<daydash>[0-9]{1,2})|(?<day>[0-9]{2}))"
            + "([ T](?<hour>[0-9]{2})"
            + "(:?(?<minute>[0-9]{2}))?"
            + "(:?(?<second>[0-9]{1,2})([.,](?<fraction>[0-9]+))?)?"
            + "(?<zone>Z|(?<sign>[-+])(?<offsethour>[0-9]{2}):?(?<offsetminute>[0-9]{2})?)?"
            + ")?)?)?\n?");

    /**
     * Reads a time.
     *
     * @throws DateTimeException if {@code text} is no time, or one that no calendar has
     */
    public static IsoTime parse(String text) {
        return isCommon(text) ? common(text) : any(text);
    }

    /** The point in time. */
    public Instant instant() {
        return local.minusMinutes(offsetMinutes).toInstant(ZoneOffset.UTC);
    }

    /** ISO 8601 with offset, {@code 2026-11-22T01:27:42.449925+00:00}; a fraction only if there is one. */
    public String text() {
        StringBuilder text = new StringBuilder(32);
        appendLocal(text, local);
        int minutes = Math.abs(offsetMinutes);
        text.append(offsetMinutes < 0 ? '-' : '+');
        appendTwo(text, minutes / 60);
        text.append(':');
        appendTwo(text, minutes % 60);
        return text.toString();
    }

    /** ISO 8601 in UTC without offset, {@code 2026-11-22T01:27:42.449925}; a fraction only if there is one. */
    public static String utcText(Instant instant) {
        StringBuilder text = new StringBuilder(26);
        appendLocal(text, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        return text.toString();
    }

    /** Whether {@code text} starts as {@code 2026-11-22 01:27:42}, as nearly every time of a service does. */
    private static boolean isCommon(String text) {
        return text.length() >= 19
                && areDigits(text, 0, 4)
                && text.charAt(4) == '-'
                && areDigits(text, 5, 7)
                && text.charAt(7) == '-'
                && areDigits(text, 8, 10)
                && (text.charAt(10) == ' ' || text.charAt(10) == 'T')
                && areDigits(text, 11, 13)
                && text.charAt(13) == ':'
                && areDigits(text, 14, 16)
                && text.charAt(16) == ':'
                && areDigits(text, 17, 19);
    }

    private static IsoTime common(String text) {
        int end = 19;
        int nanos = 0;
        if (end < text.length() && (text.charAt(end) == '.' || text.charAt(end) == ',')) {
            int start = end + 1;
            end = start;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            if (end == start) {
                throw notATime(text);
            }
            nanos = nanos(text, start, end);
        }
        LocalDateTime local = dateTime(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19),
                nanos);
        if (end == text.length()) {
            return new IsoTime(local, 0);
        }
        if (end == text.length() - 1 && text.charAt(end) == 'Z') {
            return new IsoTime(local, 0);
        }
        return any(text);
    }

    private static IsoTime any(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw notATime(text);
        }
        String fraction = form.group("fraction");
        LocalDateTime local = dateTime(
                group(form, "year", 1),
                group(form, "monthdash", group(form, "month", 1)),
                group(form, "daydash", group(form, "day", 1)),
                group(form, "hour", 0),
                group(form, "minute", 0),
                group(form, "second", 0),
                fraction == null ? 0 : nanos(fraction, 0, fraction.length()));
        return new IsoTime(local, offset(form));
    }

    private static int offset(Matcher form) {
        int minutes = group(form, "offsethour", 0) * 60 + group(form, "offsetminute", 0);
        if (minutes >= MINUTES_PER_DAY) {
            throw new DateTimeException("an offset of a day or more: " + form.group("zone"));
        }
        return "-".equals(form.group("sign")) ? -minutes : minutes;
    }

    private static int group(Matcher form, String name, int absent) {
        String digits = form.group(name);
        return digits == null ? absent : Integer.parseInt(digits);
    }

    private static LocalDateTime dateTime(int year, int month, int day, int hour, int minute, int second, int nanos) {
        if (year == 0) {
            throw new DateTimeException("year 0 is out of range");
        }
        return LocalDate.of(year, month, day).atTime(hour, minute, second, nanos);
    }

    /** The first six digits of a fraction of a second, as nanoseconds. */
    private static int nanos(String text, int start, int end) {
        int value = 0;
        for (int i = 0; i < 6; i++) {
            value = value * 10 + (start + i < end ? text.charAt(start + i) - '0' : 0);
        }
        return value * 1000;
    }

    private static int number(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value;
    }

    private static boolean areDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static DateTimeException notATime(String text) {
        return new DateTimeException("not an ISO 8601 time: '" + text + "'");
    }

    private static void appendLocal(StringBuilder text, LocalDateTime time) {
        int year = time.getYear();
        appendTwo(text, year / 100);
        appendTwo(text, year % 100);
        appendTwo(text.append('-'), time.getMonthValue());
        appendTwo(text.append('-'), time.getDayOfMonth());
        appendTwo(text.append('T'), time.getHour());
        appendTwo(text.append(':'), time.getMinute());
        appendTwo(text.append(':'), time.getSecond());
        int micros = time.getNano() / 1000;
        if (micros != 0) {
            appendTwo(text.append('.'), micros / 10_000);
            appendTwo(text, micros / 100 % 100);
            appendTwo(text, micros % 100);
        }
    }

    private static void appendTwo(StringBuilder text, int value) {
        text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
