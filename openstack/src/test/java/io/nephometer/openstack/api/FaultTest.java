// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import static io.nephometer.openstack.ScriptedCloud.OK;
import static io.nephometer.openstack.api.Images.IMAGES;
import static io.nephometer.openstack.api.Images.failure;
import static io.nephometer.openstack.api.Images.images;
import static io.nephometer.openstack.api.Images.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.openstack.ScriptedCloud;
import io.nephometer.openstack.TestHttpServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that answer wrongly, late, or not to the end. */
class FaultTest {
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
    void aTokenThatTheServiceRepeatsIsMasked() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud((_, out) -> TestHttpServer.write(
                out,
                "HTTP/1.1 400 Bad Request\nContent-Type: application/json",
                "{\"badRequest\": {\"message\": \"no good: token-1\"}}"))) {
            assertThat(failure(cloud)).hasMessageContaining("\"no good: ***\"");
        }
    }
}
