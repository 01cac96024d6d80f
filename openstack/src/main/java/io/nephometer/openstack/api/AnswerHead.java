// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/** Status and headers of an answer. */
final class AnswerHead {
    /** A service that asks for more has a wrong clock, or will not miss us. */
    private static final long LONGEST_RETRY_AFTER = Duration.ofMinutes(10).toSeconds();

    private final int status;
    private final Function<String, Optional<String>> headers;
    private final Instant arrivedAtOurClock;

    AnswerHead(int status, Function<String, Optional<String>> headers, Instant arrivedAtOurClock) {
        this.status = status;
        this.headers = headers;
        this.arrivedAtOurClock = arrivedAtOurClock;
    }

    int status() {
        return status;
    }

    Optional<String> header(String name) {
        return headers.apply(name);
    }

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    boolean isJson() {
        return header("Content-Type").filter(type -> type.contains("json")).isPresent();
    }

    /** There is no such thing, says the service itself and not something in its place. */
    boolean isAbsence() {
        return status == 404 && isJson();
    }

    Optional<String> requestId() {
        return header("x-openstack-request-id").or(() -> header("x-compute-request-id"));
    }

    /** When the service began to work on it, if the head of the answer took that long to come. */
    ServiceTime asOf(Duration took) {
        Optional<Instant> date = date("Date");
        Instant begun = date.orElse(arrivedAtOurClock).minus(took).truncatedTo(ChronoUnit.SECONDS);
        return new ServiceTime(begun, date.isPresent());
    }

    /** As seconds, or as a date, which is held against the service's own clock where it tells it. */
    Optional<Duration> retryAfter() {
        Optional<String> text = header("Retry-After").map(String::strip);
        if (text.isPresent() && text.get().matches("\\d{1,18}")) {
            return Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(text.get()), LONGEST_RETRY_AFTER)));
        }
        return date("Retry-After")
                .map(until -> bounded(Duration.between(date("Date").orElse(arrivedAtOurClock), until)));
    }

    private static Duration bounded(Duration wait) {
        return Duration.ofSeconds(Math.clamp(wait.toSeconds(), 0, LONGEST_RETRY_AFTER));
    }

    private Optional<Instant> date(String name) {
        try {
            return header(name).map(text -> ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException _) {
            return Optional.empty(); // a date that is none is as good as no date
        }
    }
}
