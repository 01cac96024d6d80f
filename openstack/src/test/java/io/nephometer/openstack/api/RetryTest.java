// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import static io.nephometer.openstack.ScriptedCloud.OK;
import static io.nephometer.openstack.api.Images.IMAGES;
import static io.nephometer.openstack.api.Images.failure;
import static io.nephometer.openstack.api.Images.images;
import static io.nephometer.openstack.api.Images.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.openstack.ScriptedCloud;
import io.nephometer.openstack.TestHttpServer;
import io.nephometer.openstack.TestHttpServer.Handler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that refuse, or are down: who asks again, when, and who does not. */
class RetryTest {
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
}
