// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nephometer.sources.polling.dynamic.definition.DefinitionOptions;
import io.nephometer.sources.polling.dynamic.definition.DynamicDefinitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An API that is not OpenStack's, over HTTP. */
class WebFetchTest {
    private final WebFetch fetch = new WebFetch(null);
    private final CountDownLatch end = new CountDownLatch(1);
    private final HttpServer server = unstarted();

    private static HttpServer unstarted() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/usage", exchange -> {
            String user = exchange.getRequestHeaders().getFirst("Authorization");
            answer(
                    exchange,
                    200,
                    "Basic dTpw".equals(user) ? "{\"things\": [{\"id\": \"a\", \"v\": 4}]}" : "{\"things\": []}");
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/usage");
            answer(exchange, 302, "");
        });
        server.createContext("/stuck", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @AfterEach
    void stop() {
        end.countDown();
        fetch.close();
        server.stop(0);
    }

    private DynamicResult poll(String path, String parameters) throws InterruptedException {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        String text =
                "- {name: a, sample_type: gauge, unit: u, value_attribute: v, url_path: '" + url + "', timeout: 30,"
                        + " module: requests.auth, authentication_object: HTTPBasicAuth, authentication_parameters: '"
                        + parameters + "'}";
        DynamicDefinitions definitions = DynamicDefinitions.read("x.yaml", text, DefinitionOptions.DEFAULT);
        return new DynamicPolling(fetch, () -> 0).poll(definitions.pollsters().getFirst());
    }

    @Test
    void nameAndPasswordAreSent() throws Exception {
        assertThat(poll("/usage", "u, p").readings())
                .extracting(Reading::volume)
                .containsExactly(4L);
        assertThat(poll("/usage", "u, wrong").readings()).isEmpty();
    }

    @Test
    void aRedirectOnTheSameHostIsFollowed() throws Exception {
        assertThat(poll("/moved", "u,p").readings()).extracting(Reading::volume).containsExactly(4L);
    }

    @Test
    void whatIsNotThereIsTold() throws Exception {
        assertThat(poll("/nothing", "u,p").shortfalls())
                .singleElement()
                .satisfies(shortfall -> assertThat(shortfall.detail()).isEqualTo("GET /nothing was answered with 404"));
    }

    @Test
    void aBodyThatDoesNotEndCostsNoMoreThanItsTime() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/stuck");
        DynamicFetch.Question question = new DynamicFetch.Question(
                DynamicDefinitions.shipped().pollsters().getFirst().request().target(),
                uri,
                Map.of(),
                Duration.ofMillis(100));

        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> fetch.fetch(question))
                .withMessageContaining("/stuck");
    }

    @Test
    void whereNobodyListensThereIsNoAnswer() {
        URI uri = URI.create("http://127.0.0.1:1/x");
        DynamicFetch.Question question = new DynamicFetch.Question(
                DynamicDefinitions.shipped().pollsters().getFirst().request().target(),
                uri,
                Map.of(),
                Duration.ofSeconds(5));

        assertThatExceptionOfType(FetchException.class).isThrownBy(() -> fetch.fetch(question));
    }
}
