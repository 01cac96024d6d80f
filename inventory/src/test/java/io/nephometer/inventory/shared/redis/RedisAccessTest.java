// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.runtime.tls.TlsOptions;
import io.nephometer.testkit.servers.FreePorts;
import io.nephometer.testkit.servers.TestAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, and what is said to who does not. */
@Tag("server")
class RedisAccessTest {
    @TempDir
    private static Path folder;

    private static GuardedRedis guarded;

    @BeforeAll
    static void start() throws Exception {
        guarded = GuardedRedis.start(folder);
    }

    @AfterAll
    static void stop() {
        guarded.close();
    }

    /** Fails with the address, and with each of the texts; never with the password. */
    private static void assertFails(RedisOptions options, String... texts) {
        try (RedisSharedCache cache = new RedisSharedCache(options)) {
            assertThatThrownBy(() -> cache.wantRefresh("why"))
                    .isExactlyInstanceOf(SharedCacheException.class)
                    .hasMessageContaining(
                            ":" + options.url().servers().getFirst().port())
                    .hasMessageContainingAll(texts)
                    .hasMessageNotContaining("hush");
        }
    }

    private static RedisOptions at(String url) {
        return RedisOptions.of(url, "tests").withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    @Test
    void withPasswordAndCertificateOneGetsIn() throws Exception {
        try (RedisSharedCache cache = new RedisSharedCache(guarded.options())) {
            assertThat(cache.head().isFilled()).isFalse();
        }
    }

    @Test
    void withoutAPasswordOneIsToldWhereToPutIt() {
        assertFails(
                at(guarded.redis().tlsUrl()).withTls(guarded.tls()), "asks for a password", "shared_cache.password");
    }

    @Test
    void aWrongPasswordIsSaid() {
        assertFails(guarded.optionsOf("agent", "hush-hush"), "does not let user agent in", "shared_cache.password");
    }

    @Test
    void aRightThatIsLackingIsNamed() {
        assertFails(
                guarded.optionsOf("reader", "hush"), "does not permit", "user reader", "HSET", "docs/global-cache.md");
        assertFails(guarded.optionsOf("stranger", "hush"), "does not permit", "user stranger", "keys");
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTrusted() throws Exception {
        TestAuthority other = new TestAuthority(Files.createDirectory(folder.resolve("other")));
        TlsOptions tls = new TlsOptions(
                other.certificate(), guarded.us().certificate(), guarded.us().key(), true);

        assertFails(guarded.options().withTls(tls), "cannot be spoken to by TLS", "PKIX", "shared_cache.tls");
    }

    @Test
    void aCertificateForAnotherHostIsTrustedOnlyIfTheHostDoesNotMatter() throws Exception {
        RedisOptions misled = at("rediss://localhost:" + guarded.redis().tlsPort());
        RedisOptions.Login login = guarded.options().login();
        assertFails(misled.withTls(guarded.tls()), "cannot be spoken to by TLS", "localhost");

        TlsOptions lax = new TlsOptions(
                guarded.authority().certificate(),
                guarded.us().certificate(),
                guarded.us().key(),
                false);
        try (RedisSharedCache cache =
                new RedisSharedCache((login == null ? misled : misled.withLogin(login)).withTls(lax))) {
            assertThat(cache.head().incarnation()).isNotBlank();
        }
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("no-such-file.pem");

        assertFails(
                guarded.options().withTls(new TlsOptions(missing, null, null, true)),
                "there is no file " + missing,
                "shared_cache.tls");
    }

    @Test
    void tlsOnOneSideAloneIsGuessed() {
        assertFails(at("redis://127.0.0.1:" + guarded.redis().tlsPort()), "does not speak as Redis does", "rediss://");
        assertFails(
                at("rediss://127.0.0.1:" + guarded.redis().port())
                        .withTls(guarded.tls())
                        .withTimeouts(Duration.ofSeconds(20), Duration.ofMillis(100)),
                "did not answer within 100 ms",
                "redis:// is without");
    }

    @Test
    void whatIsNoRedisIsSaidToBeNone() throws Exception {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        try {
            assertFails(at("redis://127.0.0.1:" + http.getAddress().getPort()), "does not speak as Redis does");
        } finally {
            http.stop(0);
        }
    }

    @Test
    void whereNobodyListensOrAnswersItIsSaid() throws Exception {
        assertFails(at("redis://127.0.0.1:" + FreePorts.next()), "cannot be reached", "refused");
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertFails(
                    at("redis://127.0.0.1:" + silent.getLocalPort())
                            .withTimeouts(Duration.ofSeconds(20), Duration.ofMillis(100)),
                    "did not answer within 100 ms",
                    "shared_cache.timeout");
        }
    }

    @Test
    void aClosedCacheSaysSo() {
        RedisSharedCache cache = new RedisSharedCache(guarded.options());
        cache.close();
        cache.close();

        assertThatThrownBy(cache::head).isInstanceOf(SharedCacheException.class).hasMessageContaining("was closed");
    }
}
