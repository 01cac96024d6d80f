// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.RecordedCloud;
import io.nephometer.openstack.Recording;
import io.nephometer.openstack.TestHttpServer;
import io.nephometer.openstack.TestTime;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real Nova refused. */
class NovaRefusalTest {
    private static final String REQUEST_ID = "req-[-0-9a-f]+";

    /** Whatever is asked, this is the answer. */
    private static ApiException refusal(String recording, ServerQuery query) throws Exception {
        try (TestHttpServer server = answering(recording);
                OpenStackCloud cloud = cloud(server)) {
            return catchThrowableOfType(
                    ApiException.class, () -> cloud.nova().servers(query, Reason.METADATA_FULL, _ -> {}));
        }
    }

    private static TestHttpServer answering(String recording) {
        AtomicInteger port = new AtomicInteger();
        TestHttpServer server = new TestHttpServer((request, out) -> {
            Recording answer = Recording.of(
                    switch (request.path()) {
                        case "/v3/auth/tokens" -> "keystone-token";
                        case "/v2.1/" -> "nova-v21";
                        default -> recording;
                    });
            TestHttpServer.write(
                    out,
                    answer.responseHead(),
                    answer.body().replaceAll("http://127\\.0\\.0\\.1:\\d+", "http://127.0.0.1:" + port));
        });
        port.set(server.url().getPort());
        return server;
    }

    private static OpenStackCloud cloud(TestHttpServer server) throws Exception {
        return OpenStackCloud.of(
                RecordedCloud.access(server), ApiSettings.defaults(), new TestTime().time(), ApiObserver.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "changes-since-bad, 400, REFUSED_QUERY, is not a 'date-time'",
        "servers-limit-bad, 400, REFUSED_QUERY, Invalid input for query parameters limit",
        "servers-as-member-all-tenants, 403, FORBIDDEN, get_all_tenants",
        "nova-bad-microversion, 406, REFUSED_QUERY, Version 2.999 is not supported by the API",
        "nova-bad-token, 401, UNAUTHORIZED, requires authentication",
        "server-get-deleted-404, 404, NOT_FOUND, could not be found"
    })
    void isToldWithPathStatusAndRequestId(String recording, int status, ApiFailure failure, String words)
            throws Exception {
        ApiException refusal = refusal(recording, ServerQuery.ofHost("compute-1"));
        assertThat(refusal.failure()).isEqualTo(failure);
        assertThat(refusal.status()).isEqualTo(OptionalInt.of(status));
        assertThat(refusal.path()).isEqualTo("GET /v2.1/servers/detail?all_tenants=1&host=compute-1");
        assertThat(refusal.requestId().orElse("")).matches(REQUEST_ID);
        assertThat(refusal.getMessage())
                .contains(words, failure.next(), "compute GET /v2.1/servers/detail", String.valueOf(status))
                .doesNotContain(RecordedCloud.TOKEN, RecordedCloud.PASSWORD);
    }

    /** 400 to a page that follows an accepted one: the server that the page begins behind is gone. */
    @Test
    void aMarkerThatIsGoneBeginsTheListAgain() throws Exception {
        AtomicInteger pages = new AtomicInteger();
        List<Server> servers = new ArrayList<>();
        try (TestHttpServer server = paging(pages, 1);
                OpenStackCloud cloud = cloud(server)) {
            Listing listing = cloud.nova().servers(ServerQuery.all().inPagesOf(20), Reason.METADATA_FULL, servers::add);
            assertThat(listing.restarts()).isEqualTo(1);
            assertThat(listing.pages()).isEqualTo(3);
            assertThat(listing.entries()).isEqualTo(40);
        }
        assertThat(servers.subList(0, 20)).isEqualTo(servers.subList(20, 40));
    }

    @Test
    void aMarkerThatIsGoneAgainAndAgainFails() throws Exception {
        AtomicInteger pages = new AtomicInteger();
        try (TestHttpServer server = paging(pages, 100);
                OpenStackCloud cloud = cloud(server)) {
            ApiException refusal = catchThrowableOfType(ApiException.class, () -> cloud.nova()
                    .servers(ServerQuery.all().inPagesOf(20), Reason.METADATA_FULL, _ -> {}));
            assertThat(refusal).hasMessageContaining("marker [00000000-0000-0000-0000-000000000000] not found");
            assertThat(pages).hasValue(3);
        }
    }

    /** Serves a first page, and refuses the second a few times. */
    private static TestHttpServer paging(AtomicInteger refused, int refusals) {
        AtomicInteger port = new AtomicInteger();
        TestHttpServer server = new TestHttpServer((request, out) -> {
            String name;
            if (request.path().equals("/v3/auth/tokens")) {
                name = "keystone-token";
            } else if (request.path().equals("/v2.1/")) {
                name = "nova-v21";
            } else if (!request.query().containsKey("marker")) {
                name = "servers-page-1";
            } else {
                name = refused.getAndIncrement() < refusals ? "servers-marker-unknown" : "servers-last-page";
            }
            Recording answer = Recording.of(name);
            TestHttpServer.write(
                    out,
                    answer.responseHead(),
                    answer.body().replaceAll("http://127\\.0\\.0\\.1:\\d+", "http://127.0.0.1:" + port));
        });
        port.set(server.url().getPort());
        return server;
    }
}
