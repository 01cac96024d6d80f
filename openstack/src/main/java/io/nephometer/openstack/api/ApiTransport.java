// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<ServiceType, TokenBucket> budgets = new ConcurrentHashMap<>();

    /** Those whose last request failed after all attempts: until one succeeds, each request is sent once. */
    private final Set<ServiceType> unwell = ConcurrentHashMap.newKeySet();

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
        int attempts = unwell.contains(outgoing.service()) ? 1 : settings.attempts();
        for (int number = 1; ; number++) {
            Duration waited = awaitTurn(outgoing);
            Attempt attempt = new Attempt(http, outgoing, settings, time);
            try {
                T result = attempt.run(reader);
                finished(outgoing, Optional.empty(), number, attempt, waited);
                unwell.remove(outgoing.service());
                return result;
            } catch (Attempt.Failed e) {
                finished(outgoing, Optional.of(e.failure()), number, attempt, waited);
                Optional<Duration> pause = backoff.before(number + 1, attempts, e);
                e.retryAfter().ifPresent(after -> bucket(outgoing).close(after, e.status()));
                if (pause.isEmpty()) {
                    note(outgoing.service(), e);
                    throw e.told(outgoing, number);
                }
                sleep(outgoing, pause.get());
            }
        }
    }

    /** An answer of any other kind shows that the service is there. */
    private void note(ServiceType service, Attempt.Failed failed) {
        if (failed.mayBeRepeated()) {
            unwell.add(service);
        } else if (failed.status() > 0) {
            unwell.remove(service);
        }
    }

    private Duration awaitTurn(Outgoing outgoing) throws ApiException {
        Optional<Duration> wait = bucket(outgoing).take(settings.budgetWait());
        if (wait.isEmpty()) {
            throw notSent(outgoing);
        }
        sleep(outgoing, wait.get());
        return wait.get();
    }

    private ApiException notSent(Outgoing outgoing) {
        Optional<TokenBucket.Closure> closure =
                bucket(outgoing).closure().filter(asked -> asked.rest().compareTo(settings.budgetWait()) > 0);
        ApiFailure failure = closure.isPresent() ? ApiFailure.LEFT_ALONE : ApiFailure.BUDGET;
        observer.finished(new ApiCall(
                outgoing.service(), outgoing.reason(), Optional.of(failure), 1, Duration.ZERO, Duration.ZERO, 0));
        String detail = closure.map(this::asked)
                .orElse("not sent, its turn is more than "
                        + settings.budgetWait().toMillis() + " ms away");
        return outgoing.failed(failure, 0, null, detail, null);
    }

    private String asked(TokenBucket.Closure closure) {
        Instant until = time.clock().instant().plus(closure.rest()).truncatedTo(ChronoUnit.SECONDS);
        return "not sent, the service asked to be left alone until " + until + ", with a " + closure.status();
    }

    private TokenBucket bucket(Outgoing outgoing) {
        return budgets.computeIfAbsent(
                outgoing.service(), service -> new TokenBucket(settings.budgetOf(service), time.ticker()));
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
