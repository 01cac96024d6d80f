// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.simulator.api.LoggedRequest;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.api.RequestLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What the services were asked, minute by minute, as their own log has it. */
final class Minutes {
    private final List<List<LoggedRequest>> minutes = new ArrayList<>();

    /** Takes what was logged in the minute that is over, and empties the log. */
    void end(RequestLog log) {
        List<LoggedRequest> taken = log.last();
        if (taken.size() != log.total()) {
            throw new IllegalStateException("the log of the simulated services kept " + taken.size() + " of "
                    + log.total() + " requests of a minute");
        }
        minutes.add(taken);
        log.clear();
    }

    /** Whether a request is one of some service's for data, a list counted once. */
    static Predicate<LoggedRequest> of(String service) {
        return request ->
                request.asked().service().equals(service) && request.asked().kind() != QueryKind.NEXT_PAGE;
    }

    static boolean isFurtherPage(LoggedRequest request) {
        return request.asked().kind() == QueryKind.NEXT_PAGE;
    }

    /** A list of what changed, its first page. */
    static boolean isDelta(LoggedRequest request) {
        return request.asked().kind() == QueryKind.DELTA;
    }

    /** A list of servers that is not one of changes, its first page. */
    static boolean isWhole(LoggedRequest request) {
        return request.asked().kind() == QueryKind.FULL
                && request.asked().path().endsWith("/servers/detail");
    }

    /** A page of a list of servers that is not one of changes, the first or a further one. */
    static boolean isPage(LoggedRequest request) {
        return request.asked().path().endsWith("/servers/detail") && !isDelta(request);
    }

    /** The first minute: everybody begins. */
    List<LoggedRequest> coldStart() {
        return minutes.getFirst();
    }

    /** Per minute, after the first. */
    double rate(Predicate<LoggedRequest> which) {
        return (double) steady().stream().flatMap(List::stream).filter(which).count() / (minutes.size() - 1);
    }

    /** In the minute that had the most of them, after the first. */
    long most(Predicate<LoggedRequest> which) {
        return steady().stream()
                .mapToLong(minute -> minute.stream().filter(which).count())
                .max()
                .orElse(0);
    }

    double bytesPerMinute() {
        return steady().stream()
                        .flatMap(List::stream)
                        .mapToLong(LoggedRequest::bytes)
                        .sum()
                / (double) (minutes.size() - 1);
    }

    private List<List<LoggedRequest>> steady() {
        return minutes.subList(1, minutes.size());
    }
}
