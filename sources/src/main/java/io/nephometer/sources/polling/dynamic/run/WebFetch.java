// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Asks URLs that are no service of the cloud: no token, no catalog. Safe for several threads. */
public final class WebFetch implements DynamicFetch, AutoCloseable {
    /** Of a body. */
    static final long MOST_BYTES = 64L << 20;

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient http;

    /** @param tls whom to trust; null for what the Java runtime trusts */
    public WebFetch(@Nullable SSLContext tls) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        this.http = (tls == null ? builder : builder.sslContext(tls)).build();
    }

    @Override
    public List<URI> endpoints(String serviceType) throws FetchException {
        throw new FetchException("there is no catalog in which to find " + serviceType);
    }

    @Override
    public Answer fetch(Question question) throws FetchException {
        CompletableFuture<HttpResponse<byte[]>> pending = http.sendAsync(
                request(question),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            HttpResponse<byte[]> answer = pending.get(question.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    answer.statusCode(), answer.headers().firstValue("Location").orElse(null), answer.body());
        } catch (TimeoutException e) {
            throw failed(question, "no answer within " + question.timeout().toSeconds() + " s");
        } catch (ExecutionException e) {
            String cause = e.getCause() instanceof IOException io ? io.toString() : String.valueOf(e.getCause());
            throw failed(question, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(question, "interrupted");
        } finally {
            pending.cancel(true);
        }
    }

    private static HttpRequest request(Question question) throws FetchException {
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(question.uri()).timeout(question.timeout());
            question.headers().forEach(builder::setHeader);
            return builder.GET().build();
        } catch (IllegalArgumentException e) {
            throw failed(question, String.valueOf(e.getMessage()));
        }
    }

    private static FetchException failed(Question question, String why) {
        return new FetchException(
                "GET " + question.uri().getHost() + question.uri().getRawPath() + ": " + why);
    }

    /** Breaks off what is still under way. */
    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
