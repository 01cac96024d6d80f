// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests within budget and time-outs, sends them again where that may help, tells the observer of each. Never follows a
 * redirect, so that a token goes nowhere but where it was meant to. Thread-safe; a call blocks its thread.
 */
public final class ApiTransport implements AutoCloseable {
    static {
        // The JDK's client would send a request again by itself, up to five times, unseen and uncounted. It can only be
        // told not
        // to by properties of the process, before its first use.
        if (System.getProperty("jdk.httpclient.redirects.retrylimit") == null) {
            System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
        }
        if (System.getProperty("jdk.httpclient.disableRetryConnect") == null) {
            System.setProperty("jdk.httpclient.disableRetryConnect", "true");
        }
    }

    private final HttpClient http;
    private final ApiSettings settings;
    private final ApiTime time;
    private final ApiObserver observer;
    private final Backoff backoff;
    private final Map<ServiceType, TokenBucket> budgets = new EnumMap<>(ServiceType.class);

    /**
     * Opens no connection yet.
     *
     * @param tls whom to trust; null for what the Java runtime trusts
     */
    public ApiTransport(ApiSettings settings, @Nullable SSLContext tls, ApiTime time, ApiObserver observer) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout());
        this.http = (tls == null ? builder : builder.sslContext(tls)).build();
        this.settings = settings;
        this.time = time;
        this.observer = observer;
        this.backoff = new Backoff(settings, time.random());
        for (ServiceType service : ServiceType.values()) {
            budgets.put(service, new TokenBucket(settings.budgetOf(service), time.ticker()));
        }
    }

    /** What to make of an answer. */
    @FunctionalInterface
    public interface Reader<T extends @Nullable Object> {
        T read(Incoming answer) throws AnswerException;
    }

    /**
     * Sends a request until it is answered or there is no use in it any more. The reader sees one answer at most.
     *
     * @throws ApiException of any kind
     */
    public <T extends @Nullable Object> T exchange(Outgoing outgoing, Reader<T> reader) throws ApiException {
        for (int number = 1; ; number++) {
            Duration waited = awaitTurn(outgoing);
            Attempt attempt = new Attempt(http, outgoing, settings, time);
            try {
                T result = attempt.run(reader);
                finished(outgoing, Optional.empty(), number, attempt, waited);
                return result;
            } catch (Attempt.Failed e) {
                finished(outgoing, Optional.of(e.failure()), number, attempt, waited);
                Optional<Duration> pause = backoff.before(number + 1, e);
                e.retryAfter().ifPresent(after -> bucket(outgoing).close(after));
                if (pause.isEmpty()) {
                    throw e.told(outgoing, number);
                }
                sleep(outgoing, pause.get());
            }
        }
    }

    private Duration awaitTurn(Outgoing outgoing) throws ApiException {
        Optional<Duration> wait = bucket(outgoing).take(settings.budgetWait());
        if (wait.isEmpty()) {
            observer.finished(new ApiCall(
                    outgoing.service(),
                    outgoing.reason(),
                    Optional.of(ApiFailure.BUDGET),
                    1,
                    Duration.ZERO,
                    Duration.ZERO,
                    0));
            throw outgoing.failed(
                    ApiFailure.BUDGET,
                    0,
                    null,
                    "not sent, its turn is more than " + settings.budgetWait().toMillis() + " ms away",
                    null);
        }
        sleep(outgoing, wait.get());
        return wait.get();
    }

    private TokenBucket bucket(Outgoing outgoing) {
        TokenBucket bucket = budgets.get(outgoing.service());
        if (bucket == null) {
            throw new IllegalStateException("no budget for " + outgoing.service());
        }
        return bucket;
    }

    private void sleep(Outgoing outgoing, Duration wait) throws ApiException {
        if (wait.isZero()) {
            return;
        }
        try {
            time.sleeper().sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw outgoing.failed(ApiFailure.UNREACHABLE, 0, null, "interrupted while it waited to be sent", e);
        }
    }

    private void finished(
            Outgoing outgoing, Optional<ApiFailure> failure, int number, Attempt attempt, Duration waited) {
        observer.finished(new ApiCall(
                outgoing.service(), outgoing.reason(), failure, number, attempt.took(), waited, attempt.bytes()));
    }

    /** Breaks off what is still under way. */
    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
