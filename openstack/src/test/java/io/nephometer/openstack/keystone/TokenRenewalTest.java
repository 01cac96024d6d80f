// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import static io.nephometer.openstack.ScriptedCloud.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.openstack.Recording;
import io.nephometer.openstack.ScriptedCloud;
import io.nephometer.openstack.TestHttpServer;
import io.nephometer.openstack.TestHttpServer.Handler;
import io.nephometer.openstack.TestHttpServer.Request;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.glance.GlanceClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** When a session asks for a new token, and when not. */
class TokenRenewalTest {
    private static final Duration LIFETIME = Duration.ofHours(24);

    private static Handler imagesWith(Set<String> refused) {
        return (request, out) -> {
            if (refused.contains(token(request))) {
                Recording refusal = Recording.of("nova-bad-token");
                TestHttpServer.write(out, refusal.responseHead(), refusal.body());
            } else {
                TestHttpServer.write(out, OK, "{\"images\": []}");
            }
        };
    }

    private static String token(Request request) {
        return request.headers().getOrDefault("x-auth-token", "none");
    }

    private static void images(ScriptedCloud cloud) throws ApiException {
        cloud.client().glance().images(Reason.IMAGE, _ -> {});
    }

    private static List<String> tokensUsed(ScriptedCloud cloud) {
        return cloud.server().requests().stream()
                .filter(request -> request.method().equals("GET"))
                .map(TokenRenewalTest::token)
                .toList();
    }

    /** Our clock is 43 minutes ahead of the recorded token's issue: it does not count. */
    @Test
    void renewsBeforeTheEndByKeystonesOwnClock() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud(imagesWith(Set.of()))) {
            images(cloud);
            cloud.time().advance(LIFETIME.minusMinutes(5).minusNanos(1));
            images(cloud);
            assertThat(cloud.logIns()).isEqualTo(1);
            cloud.time().advance(Duration.ofNanos(1));
            images(cloud);
            assertThat(tokensUsed(cloud)).containsExactly("token-1", "token-1", "token-2");
        }
    }

    /** Twelve hours after it was issued, twelve are left. */
    @Test
    void theDateOfKeystoneSaysHowMuchIsLeft() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud(imagesWith(Set.of()))) {
            cloud.keystoneSays("Sun, 22 Nov 2026 14:16:46 GMT");
            images(cloud);
            cloud.time().advance(Duration.ofHours(12).minusMinutes(5).minusNanos(1));
            images(cloud);
            cloud.time().advance(Duration.ofNanos(1));
            images(cloud);
            assertThat(tokensUsed(cloud)).containsExactly("token-1", "token-1", "token-2");
        }
    }

    @Test
    void aTokenIsUsedToItsEndWhileKeystoneIsDown() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud(imagesWith(Set.of()))) {
            images(cloud);
            cloud.keystoneGoesDown(true);
            cloud.time().advance(LIFETIME.minusMinutes(2));
            images(cloud);
            images(cloud);
            assertThat(cloud.calls().stream().filter(call -> call.reason() == Reason.TOKEN))
                    .hasSize(2);
            cloud.time().advance(Duration.ofSeconds(30));
            images(cloud);
            assertThat(cloud.calls().stream().filter(call -> call.reason() == Reason.TOKEN))
                    .hasSize(3);
            cloud.time().advance(Duration.ofMinutes(2));
            ApiException failed = catchThrowableOfType(ApiException.class, () -> images(cloud));
            assertThat(failed).hasMessageContaining("identity POST /v3/auth/tokens: 503");
            cloud.keystoneGoesDown(false);
            images(cloud);
            assertThat(tokensUsed(cloud)).containsExactly("token-1", "token-1", "token-1", "token-1", "token-2");
        }
    }

    @Test
    void aRefusedTokenIsRenewedAndTheRequestSentAgain() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud(imagesWith(Set.of("token-1")))) {
            images(cloud);
            images(cloud);
            assertThat(tokensUsed(cloud)).containsExactly("token-1", "token-2", "token-2");
            assertThat(cloud.outcomes()).containsExactly("unauthorized", "ok", "ok");
        }
    }

    @Test
    void aSecondRefusalIsAFailure() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud(imagesWith(Set.of("token-1", "token-2")))) {
            ApiException failed = catchThrowableOfType(ApiException.class, () -> images(cloud));
            assertThat(failed.failure()).isEqualTo(ApiFailure.UNAUTHORIZED);
            assertThat(tokensUsed(cloud)).containsExactly("token-1", "token-2");
            assertThat(failed.toString()).doesNotContain("token-1", "token-2");
        }
    }

    @Test
    void manyThreadsLogInOnce() throws Exception {
        int threads = 16;
        try (ScriptedCloud cloud = new ScriptedCloud(imagesWith(Set.of("token-1")));
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            GlanceClient glance = cloud.client().glance();
            CyclicBarrier together = new CyclicBarrier(threads);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(() -> {
                    together.await();
                    return glance.images(Reason.IMAGE, _ -> {});
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            assertThat(cloud.logIns()).isEqualTo(2);
            assertThat(cloud.outcomes().stream().filter("ok"::equals)).hasSize(threads);
        }
    }
}
