// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import io.nephometer.simulator.faults.Fault;
import io.nephometer.simulator.faults.FaultPlan;
import io.nephometer.simulator.http.Handler;
import io.nephometer.simulator.http.Request;
import io.nephometer.simulator.http.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a service is reached: lets faults strike, dates the answers, counts the requests. */
public final class Endpoint implements Handler {
    /** Our client says why it asks, so that it can be read in the logs of the services: {@code nephometer (metadata_delta)}. */
    private static final Pattern REASON = Pattern.compile(".*\\(([a-z_]+)\\)");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String HTML =
            "<html><head><title>Maintenance</title></head>" + "<body><h1>We will be back soon.</h1></body></html>";

    private final Service service;
    private final Surroundings around;
    private final AtomicLong numbers = new AtomicLong();

    /**
     * What all endpoints have in common.
     *
     * @param caller whose token a request has
     * @param hostClock what dates the log and ends faults
     * @param controllerClock what the services themselves take for the time
     * @param dateHeader whether answers are dated
     */
    public record Surroundings(
            FaultPlan faults,
            RequestLog log,
            Function<Request, Optional<String>> caller,
            InstantSource hostClock,
            InstantSource controllerClock,
            boolean dateHeader,
            Pause pause) {}

    public Endpoint(Service service, Surroundings around) {
        this.service = service;
        this.around = around;
    }

    @Override
    public Answer answer(Request request) throws InterruptedException {
        Optional<Fault> fault = around.faults()
                .strike(service.name(), request.path(), around.hostClock().instant());
        Answer answer =
                fault.isPresent() ? struck(fault.get(), request) : new Answer(right(request), Handler.Ending.WHOLE);
        Answer sent = new Answer(dressed(answer.response()), answer.ending());
        log(request, sent);
        return sent;
    }

    private Response right(Request request) throws InterruptedException {
        Duration delay = service.delay(request);
        if (delay.isPositive()) {
            around.pause().pause(delay);
        }
        return service.answer(request);
    }

    private Answer struck(Fault fault, Request request) throws InterruptedException {
        return switch (fault) {
            case Fault.Status status -> new Answer(failure(status), Handler.Ending.WHOLE);
            case Fault.HtmlPage page -> new Answer(Response.text(200, "text/html", HTML), Handler.Ending.WHOLE);
            case Fault.TruncatedBody cut -> new Answer(right(request), Handler.Ending.TRUNCATED);
            case Fault.WrongPage wrong ->
                new Answer(right(request.with(request.query().without("marker"))), Handler.Ending.WHOLE);
            case Fault.Reset reset -> new Answer(Response.text(200, "text/plain", ""), Handler.Ending.RESET);
            case Fault.Slow slow -> {
                around.pause().pause(slow.delay());
                yield new Answer(right(request), Handler.Ending.WHOLE);
            }
        };
    }

    private static Response failure(Fault.Status status) {
        Response response = Response.json(
                status.code(),
                Map.of("error", Map.of("code", status.code(), "message", "made to fail", "title", "Fault")));
        return status.retryAfter() == null
                ? response
                : response.with("Retry-After", Long.toString(status.retryAfter().toSeconds()));
    }

    private Response dressed(Response response) {
        Response named = response.with(
                "x-openstack-request-id", "req-00000000-0000-4000-8000-%012x".formatted(numbers.incrementAndGet()));
        return around.dateHeader()
                ? named.with("Date", DATE.format(around.controllerClock().instant()))
                : named;
    }

    private void log(Request request, Answer answer) {
        LoggedRequest.Asked asked = new LoggedRequest.Asked(
                service.name(),
                request.method(),
                service.template(request),
                service.kind(request),
                around.caller().apply(request).orElse("-"),
                request.header("User-Agent").orElse("-"),
                request.header("User-Agent")
                        .map(REASON::matcher)
                        .filter(Matcher::matches)
                        .map(agent -> agent.group(1))
                        .orElse("-"));
        String query = request.query().toString();
        around.log()
                .add(new LoggedRequest(
                        around.hostClock().instant(),
                        asked,
                        query.isEmpty() ? request.path() : request.path() + "?" + query,
                        answer.ending() == Handler.Ending.RESET
                                ? 0
                                : answer.response().status(),
                        answer.response().body().length()));
    }
}
