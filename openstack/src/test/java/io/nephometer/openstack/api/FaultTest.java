// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import static io.nephometer.openstack.ScriptedCloud.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.openstack.ScriptedCloud;
import io.nephometer.openstack.TestHttpServer;
import io.nephometer.openstack.TestHttpServer.Handler;
import io.nephometer.runtime.config.ByteSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that answer wrongly, late, or not at all. */
class FaultTest {
    private static final String IMAGE =
            "{\"id\": \"i1\", \"status\": \"active\", \"news\": {\"a\": [1, {\"b\": null}]}}";
    private static final String IMAGES = "{\"images\": [" + IMAGE + "]}";

    private static ApiException failure(ScriptedCloud cloud) {
        return catchThrowableOfType(ApiException.class, () -> images(cloud));
    }

    private static List<String> images(ScriptedCloud cloud) throws ApiException {
        List<String> ids = new ArrayList<>();
        cloud.client().glance().images(Reason.IMAGE, image -> ids.add(image.id()));
        return ids;
    }

    /** Refuses some times, then gives the images. */
    private static Handler refusing(int times, String head) {
        AtomicInteger asked = new AtomicInteger();
        return (_, out) -> TestHttpServer.write(out, asked.getAndIncrement() < times ? head : OK, IMAGES);
    }

    @ParameterizedTest
    @CsvSource({"429, rate_limited", "502, server_error", "503, server_error", "504, server_error"})
    void aBusyServiceIsAskedAgainLaterAndLater(int status, String outcome) throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud(refusing(3, "HTTP/1.1 " + status + " Busy"))) {
            assertThat(images(cloud)).containsExactly("i1");
            assertThat(cloud.outcomes()).containsExactly(outcome, outcome, outcome, "ok");
            List<Duration> waits = cloud.time().slept();
            assertThat(waits).hasSize(3);
            for (int i = 0; i < 3; i++) {
                Duration most = Duration.ofMillis(500L << i);
                assertThat(waits.get(i)).isBetween(most.dividedBy(2), most);
            }
        }
    }

    @Test
    void afterTheLastAttemptItFails() throws Exception {
        try (ScriptedCloud cloud =
                new ScriptedCloud(refusing(100, "HTTP/1.1 503 Busy\nx-openstack-request-id: req-1"))) {
            assertThat(failure(cloud))
                    .hasMessage(
                            "image GET /v2/images?limit=200: 503, refused by an empty answer, the last of 4 attempts "
                                    + "(server_error, req-1); asked again when it is needed next");
            assertThat(cloud.outcomes()).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 406, 409, 413, 500, 501})
    void whatWouldBeRefusedAgainIsNotAskedAgain(int status) throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud(refusing(1, "HTTP/1.1 " + status + " No"))) {
            assertThat(failure(cloud).status()).hasValue(status);
            assertThat(cloud.outcomes()).hasSize(1);
        }
    }

    @Test
    void waitsAsLongAsRetryAfterSays() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud(refusing(1, "HTTP/1.1 503 Busy\nRetry-After: 7"))) {
            assertThat(images(cloud)).containsExactly("i1");
            assertThat(cloud.time().slept()).containsExactly(Duration.ofSeconds(7));
        }
    }

    /** The service's clock, not ours, says how far away the date is. */
    @Test
    void waitsUntilTheDateOfRetryAfter() throws Exception {
        String head = """
                HTTP/1.1 429 Too Many Requests
                Date: Sun, 22 Nov 2026 02:17:02 GMT
                Retry-After: Sun, 22 Nov 2026 02:17:13 GMT""";
        try (ScriptedCloud cloud = new ScriptedCloud(refusing(1, head))) {
            assertThat(images(cloud)).containsExactly("i1");
            assertThat(cloud.time().slept()).containsExactly(Duration.ofSeconds(11));
        }
    }

    /** Neither that request nor the next one, until the time is over. */
    @Test
    void leavesAServiceAloneThatAsksForALongTime() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud(refusing(1, "HTTP/1.1 503 Busy\nRetry-After: 120"))) {
            assertThat(failure(cloud).failure()).isEqualTo(ApiFailure.SERVER_ERROR);
            cloud.time().advance(Duration.ofSeconds(60));
            Instant until =
                    cloud.time().time().clock().instant().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
            ApiException alone = failure(cloud);
            assertThat(alone.failure()).isEqualTo(ApiFailure.LEFT_ALONE);
            assertThat(alone)
                    .hasMessage("image GET /v2/images?limit=200: not sent, the service asked to be left alone until "
                            + until + ", with a 503 (left_alone); asked again when it is needed after that");
            cloud.time().advance(Duration.ofSeconds(60));
            assertThat(images(cloud)).containsExactly("i1");
            assertThat(cloud.outcomes()).containsExactly("server_error", "left_alone", "ok");
        }
    }

    /** Four attempts of each agent in each cycle are no help to a service that is down. */
    @Test
    void aServiceThatIsDownGetsOneAttemptUntilItAnswers() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud(refusing(6, "HTTP/1.1 503 Busy"))) {
            failure(cloud);
            assertThat(cloud.outcomes()).hasSize(4);
            failure(cloud);
            failure(cloud);
            assertThat(cloud.outcomes()).hasSize(6);
            assertThat(images(cloud)).containsExactly("i1");
            assertThat(cloud.outcomes()).hasSize(7);
        }
        try (ScriptedCloud cloud = new ScriptedCloud(alternating())) {
            failure(cloud);
            images(cloud);
            failure(cloud);
            assertThat(cloud.outcomes()).hasSize(9);
        }
    }

    /** Four refusals, an answer, and again. */
    private static Handler alternating() {
        AtomicInteger asked = new AtomicInteger();
        return (_, out) ->
                TestHttpServer.write(out, asked.getAndIncrement() % 5 < 4 ? "HTTP/1.1 503 Busy" : OK, IMAGES);
    }

    @Test
    void decodesGzipAndCountsWhatCameOverTheWire() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(IMAGES.getBytes(StandardCharsets.UTF_8));
        }
        try (ScriptedCloud cloud = new ScriptedCloud((request, out) -> {
            assertThat(request.headers()).containsEntry("accept-encoding", "gzip");
            TestHttpServer.write(out, OK + "\nContent-Encoding: gzip", packed.toByteArray());
        })) {
            assertThat(images(cloud)).containsExactly("i1");
            assertThat(cloud.calls().getLast().bytes()).isEqualTo(packed.size());
        }
    }

    @Test
    void cutGzipIsABadAnswer() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(IMAGES.getBytes(StandardCharsets.UTF_8));
        }
        byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
        try (ScriptedCloud cloud =
                new ScriptedCloud((_, out) -> TestHttpServer.write(out, OK + "\nContent-Encoding: gzip", half))) {
            assertThat(failure(cloud).failure()).isEqualTo(ApiFailure.BAD_ANSWER);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"images\": [{\"id\": \"i1\", \"stat | the JSON is cut off at line 1",
                "{\"images\": [{\"id\": \"i1\" \"x\"}]} | not JSON at line 1",
                "{\"images\": [{\"id\": \"i1\", \"status\": \"active\", \"size\": \"big\"}]} | /images/0/size: expected an integer, found a text",
                "{\"images\": [{\"id\": \"i1\", \"status\": \"active\"}, {\"id\": 7}]} | /images/1/id: expected a text, found a number",
                "{\"images\": [{\"id\": \"i1\"}]} | /images/0: an image without status",
                "{\"images\": [{\"id\": \"i1\", \"status\": \"a\", \"created_at\": \"soon\"}]} | /images/0/created_at: expected a time",
                "{\"images\": {}} | /images: expected an array, found an object",
                "{\"images\": null} | /images: expected an array, found null",
                "{\"pictures\": []} | expected a field images, found none",
                "[] | /: expected an object, found an array",
                "{\"images\": []} {} | something follows the JSON value"
            })
    void aWrongAnswerIsToldWithItsPlace(String body, String words) throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud((_, out) -> TestHttpServer.write(out, OK, body))) {
            ApiException failed = failure(cloud);
            assertThat(failed.failure()).isEqualTo(ApiFailure.BAD_ANSWER);
            assertThat(failed).hasMessageContaining(words).hasMessageContaining("req-7");
        }
    }

    @Test
    void anEmptyAnswerIsABadOne() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud((_, out) -> TestHttpServer.write(out, OK, ""))) {
            assertThat(failure(cloud)).hasMessageContaining("200, the answer is empty (bad_answer");
        }
    }

    @Test
    void aPageOfHtmlIsABadAnswer() throws Exception {
        String head = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8";
        try (ScriptedCloud cloud = new ScriptedCloud(
                (_, out) -> TestHttpServer.write(out, head, "<html><body>Please log in</body></html>"))) {
            assertThat(failure(cloud)).hasMessageContaining("200, expected JSON, found text/html (bad_answer");
        }
    }

    /** A 404 of a proxy must not look as if the image were gone. */
    @Test
    void aPageOfHtmlDoesNotSayThatThereIsNone() throws Exception {
        String head = "HTTP/1.1 404 Not Found\nContent-Type: text/html";
        try (ScriptedCloud cloud =
                new ScriptedCloud((_, out) -> TestHttpServer.write(out, head, "<h1>nothing here</h1>"))) {
            ApiException failed = catchThrowableOfType(
                    ApiException.class, () -> cloud.client().glance().image("i1", Reason.IMAGE));
            assertThat(failed.failure()).isEqualTo(ApiFailure.NOT_FOUND);
        }
    }

    @Test
    void aBodyThatBreaksOffIsNotTheList() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud((_, out) -> {
            out.write((OK.replace("\n", "\r\n") + "\r\nContent-Length: 1000\r\n\r\n" + IMAGES.substring(0, 30))
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
        })) {
            ApiException failed = failure(cloud);
            assertThat(failed.failure()).isEqualTo(ApiFailure.UNREACHABLE);
            assertThat(failed).hasMessageContaining("the connection broke after 30 bytes");
            assertThat(cloud.outcomes()).containsExactly("unreachable");
        }
    }

    @Test
    void aConnectionThatIsCutBeforeTheAnswerIsTriedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedCloud cloud = new ScriptedCloud((_, out) -> {
            if (asked.getAndIncrement() == 0) {
                throw new IOException("cut");
            }
            TestHttpServer.write(out, OK, IMAGES);
        })) {
            assertThat(images(cloud)).containsExactly("i1");
            assertThat(cloud.outcomes()).containsExactly("unreachable", "ok");
        }
    }

    @Test
    void aBodyThatTakesTooLongIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedCloud cloud = new ScriptedCloud((_, out) -> {
            if (asked.getAndIncrement() == 0) {
                TestHttpServer.write(out, OK, IMAGES);
                return;
            }
            out.write(
                    (OK.replace("\n", "\r\n") + "\r\nContent-Length: 1000\r\n\r\n{").getBytes(StandardCharsets.UTF_8));
            out.flush();
            assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
        })) {
            images(cloud);
            cloud.time().ringAtOnce();
            assertThat(failure(cloud))
                    .hasMessageContaining("200, the body did not arrive in time")
                    .hasMessageContaining("(timeout, req-7)");
            over.countDown();
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNotReadToItsEnd() throws Exception {
        String large = "{\"images\": [], \"rest\": \"" + "x".repeat(5000) + "\"}";
        try (ScriptedCloud cloud = new ScriptedCloud(
                settings(5000, ApiBudget.DEFAULT), (_, out) -> TestHttpServer.write(out, OK, large))) {
            assertThat(failure(cloud)).hasMessageContaining("the answer has more than 5000 bytes (too_large");
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (TestHttpServer elsewhere = new TestHttpServer((_, out) -> TestHttpServer.write(out, OK, IMAGES));
                ScriptedCloud cloud = new ScriptedCloud((_, out) -> TestHttpServer.write(
                        out, "HTTP/1.1 302 Found\nLocation: " + elsewhere.url() + "/v2/images", ""))) {
            assertThat(failure(cloud)).hasMessageContaining("302, redirected, which is not followed");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    /** The link of a page may point anywhere; the token stays where it was meant to go. */
    @Test
    void aNextPageIsAskedForAtTheSameEndpoint() throws Exception {
        try (TestHttpServer elsewhere = new TestHttpServer((_, out) -> TestHttpServer.write(out, OK, IMAGES));
                ScriptedCloud cloud = new ScriptedCloud((request, out) -> TestHttpServer.write(
                        out,
                        OK,
                        request.query().containsKey("marker")
                                ? "{\"images\": []}"
                                : "{\"images\": [" + IMAGE + "], \"next\": \"" + elsewhere.url()
                                        + "/v2/images?marker=i1\"}"))) {
            assertThat(images(cloud)).containsExactly("i1");
            assertThat(elsewhere.requests()).isEmpty();
            assertThat(cloud.outcomes()).containsExactly("ok", "ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[bad", "/v2/images?marker=%zz"})
    void aLinkThatIsNoneIsABadAnswer(String link) throws Exception {
        String page = "{\"images\": [" + IMAGE + "], \"next\": \"" + link + "\"}";
        try (ScriptedCloud cloud = new ScriptedCloud((_, out) -> TestHttpServer.write(out, OK, page))) {
            ApiException failed = failure(cloud);
            assertThat(failed.failure()).isEqualTo(ApiFailure.BAD_ANSWER);
            assertThat(failed)
                    .hasMessage("image GET /images?limit=200: the link to the next page is no URL (bad_answer); "
                            + "check what stands behind the endpoint");
        }
    }

    @Test
    void pagesThatLeadBackToAnEarlierOneAreABadAnswer() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedCloud cloud = new ScriptedCloud((_, out) -> TestHttpServer.write(
                out,
                OK,
                "{\"images\": [" + IMAGE + "], \"next\": \"/v2/images?marker=" + asked.getAndIncrement() % 3
                        + "\"}"))) {
            assertThat(failure(cloud)).hasMessageContaining("its pages link to each other in a circle (bad_answer)");
            assertThat(asked).hasValue(4);
        }
    }

    @Test
    void pagesWithoutEndAreABadAnswer() throws Exception {
        ApiSettings fast = settings(1 << 20, new ApiBudget(10_000, 100_000));
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedCloud cloud = new ScriptedCloud(
                fast,
                (_, out) -> TestHttpServer.write(
                        out,
                        OK,
                        "{\"images\": [" + IMAGE + "], \"next\": \"/v2/images?marker=" + asked.incrementAndGet()
                                + "\"}"))) {
            assertThat(failure(cloud)).hasMessageContaining("more than 1000 pages, and there is no end of them");
            assertThat(asked).hasValue(1000);
        }
    }

    @Test
    void aTokenThatTheServiceRepeatsIsMasked() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud((_, out) -> TestHttpServer.write(
                out,
                "HTTP/1.1 400 Bad Request\nContent-Type: application/json",
                "{\"badRequest\": {\"message\": \"no good: token-1\"}}"))) {
            assertThat(failure(cloud)).hasMessageContaining("\"no good: ***\"");
        }
    }

    @Test
    void nothingIsSentBeyondTheBudget() throws Exception {
        ApiSettings tight = settings(1 << 20, new ApiBudget(0.01, 2));
        try (ScriptedCloud cloud = new ScriptedCloud(tight, (_, out) -> TestHttpServer.write(out, OK, IMAGES))) {
            images(cloud);
            images(cloud);
            assertThat(failure(cloud)).hasMessageContaining("not sent, its turn is more than 30000 ms away (budget)");
            assertThat(cloud.outcomes()).containsExactly("ok", "ok", "budget");
            cloud.time().advance(Duration.ofSeconds(80));
            assertThat(images(cloud)).containsExactly("i1");
            assertThat(cloud.calls().getLast().waited()).isEqualTo(Duration.ofSeconds(20));
        }
    }

    private static ApiSettings settings(int largest, ApiBudget images) {
        ApiSettings defaults = ApiSettings.defaults();
        return new ApiSettings(
                defaults.connectTimeout(),
                defaults.responseTimeout(),
                defaults.bodyTimeout(),
                1,
                defaults.firstPause(),
                defaults.longestPause(),
                new ByteSize(largest),
                defaults.budgetWait(),
                defaults.budget(),
                Map.of("image", images));
    }
}
