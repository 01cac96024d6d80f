// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import io.nephometer.runtime.config.Secret;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.JacksonIOException;

/** Sending a request once. */
final class Attempt {
    private final HttpClient http;
    private final Outgoing outgoing;
    private final ApiSettings settings;
    private final ApiTime time;

    private final long startedAt;
    private long bytes;

    Attempt(HttpClient http, Outgoing outgoing, ApiSettings settings, ApiTime time) {
        this.http = http;
        this.outgoing = outgoing;
        this.settings = settings;
        this.time = time;
        this.startedAt = time.ticker().nanos();
    }

    Duration took() {
        return Duration.ofNanos(time.ticker().nanos() - startedAt);
    }

    /** Of the body as it came. */
    long bytes() {
        return bytes;
    }

    <T extends @Nullable Object> T run(ApiTransport.Reader<T> reader) throws Failed {
        HttpResponse<InputStream> response = send();
        Duration took = took();
        BodyStream raw = new BodyStream(response.body(), Long.MAX_VALUE);
        Runnable cancel = time.alarm().after(settings.bodyTimeout(), raw::expire);
        AnswerHead head = new AnswerHead(
                response.statusCode(),
                response.headers()::firstValue,
                time.clock().instant());
        try (raw) {
            BodyStream body =
                    new BodyStream(decoded(head, raw), settings.largestAnswer().bytes());
            if (!head.isGood() && !isAnswer(head)) {
                throw refused(head, body);
            }
            return reader.read(new Incoming(head.status(), head::header, body, head.asOf(took)));
        } catch (AnswerException e) {
            throw new Failed(ApiFailure.BAD_ANSWER, head, outgoing.masked(String.valueOf(e.getMessage())), e);
        } catch (UncheckedIOException e) {
            throw broken(head, raw, e.getCause());
        } catch (JacksonIOException e) {
            throw broken(head, raw, e.getCause());
        } catch (IOException e) {
            throw broken(head, raw, e);
        } finally {
            cancel.run();
            bytes = raw.count();
        }
    }

    private boolean isAnswer(AnswerHead head) {
        return (outgoing.mayBeAbsent() && head.isAbsence()) || (outgoing.mayRedirect() && head.isRedirect());
    }

    private HttpResponse<InputStream> send() throws Failed {
        try {
            return http.send(request(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw new Failed(ApiFailure.TIMEOUT, null, "no answer in time", e);
        } catch (SSLException e) {
            throw new Failed(ApiFailure.UNREACHABLE, null, "no TLS connection: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Failed(ApiFailure.UNREACHABLE, null, "no connection: " + e, e, outgoing.isRepeatable());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed(ApiFailure.UNREACHABLE, null, "interrupted while it waited for the answer", e);
        }
    }

    private HttpRequest request() {
        HttpRequest.Builder builder = HttpRequest.newBuilder(outgoing.uri())
                .timeout(timeout())
                .header("Accept", "application/json")
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "nephometer (" + outgoing.reason().label() + ")");
        outgoing.headers().forEach(builder::setHeader);
        Secret token = outgoing.token();
        if (token != null) {
            builder.setHeader("X-Auth-Token", token.reveal());
        }
        Secret body = outgoing.body();
        if (body == null) {
            return builder.GET().build();
        }
        return builder.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.reveal()))
                .build();
    }

    private Duration timeout() {
        Duration usual = settings.responseTimeout();
        Duration wanted = outgoing.timeout();
        return wanted == null || wanted.compareTo(usual) > 0 ? usual : wanted;
    }

    private static InputStream decoded(AnswerHead head, InputStream raw) throws IOException {
        return head.header("Content-Encoding").filter("gzip"::equalsIgnoreCase).isPresent()
                ? new GZIPInputStream(raw)
                : raw;
    }

    private Failed refused(AnswerHead head, InputStream body) {
        ApiFailure failure = ApiFailure.ofStatus(head.status());
        String detail = head.isRedirect()
                ? "redirected, which is not followed; set the endpoint to where it leads"
                : ErrorText.of(head, body, outgoing);
        boolean again = outgoing.isRepeatable()
                && switch (head.status()) {
                    case 429, 502, 503, 504 -> true;
                    default -> false;
                };
        return new Failed(failure, head, detail, null, again);
    }

    private static Failed broken(AnswerHead head, BodyStream raw, @Nullable Throwable cause) {
        if (raw.isExpired()) {
            return new Failed(
                    ApiFailure.TIMEOUT, head, "the body did not arrive in time, only " + raw.count() + " bytes", cause);
        }
        return switch (cause) {
            case BodyStream.TooLargeException e ->
                new Failed(ApiFailure.TOO_LARGE, head, "the answer has " + e.getMessage(), e);
            case EOFException e -> new Failed(ApiFailure.BAD_ANSWER, head, "the answer is cut off", e);
            case ZipException e -> new Failed(ApiFailure.BAD_ANSWER, head, "not gzip, though it says so", e);
            case null, default ->
                new Failed(ApiFailure.UNREACHABLE, head, "the connection broke after " + raw.count() + " bytes", cause);
        };
    }

    /** Why an attempt failed. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private final ApiFailure failure;
        private final transient @Nullable AnswerHead head;
        private final String detail;
        private final boolean again;

        Failed(ApiFailure failure, @Nullable AnswerHead head, String detail, @Nullable Throwable cause) {
            this(failure, head, detail, cause, false);
        }

        Failed(ApiFailure failure, @Nullable AnswerHead head, String detail, @Nullable Throwable cause, boolean again) {
            super(detail, cause);
            this.failure = failure;
            this.head = head;
            this.detail = detail;
            this.again = again;
        }

        ApiFailure failure() {
            return failure;
        }

        boolean mayBeRepeated() {
            return again;
        }

        int status() {
            return head == null ? 0 : head.status();
        }

        /** What the service asked for, if the status is one of those that may ask. */
        Optional<Duration> retryAfter() {
            return head == null || !again ? Optional.empty() : head.retryAfter();
        }

        ApiException told(Outgoing outgoing, int attempts) {
            String text = attempts == 1 ? detail : detail + ", the last of " + attempts + " attempts";
            return outgoing.failed(
                    failure, status(), head == null ? null : head.requestId().orElse(null), text, getCause());
        }
    }
}
