// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import static io.nephometer.openstack.ScriptedCloud.OK;
import static io.nephometer.openstack.api.Images.IMAGE;
import static io.nephometer.openstack.api.Images.IMAGES;
import static io.nephometer.openstack.api.Images.failure;
import static io.nephometer.openstack.api.Images.images;
import static io.nephometer.openstack.api.Images.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.openstack.ScriptedCloud;
import io.nephometer.openstack.TestHttpServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links in answers, which may point anywhere. */
class LinkTest {
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
}
