// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.tls.TlsOptions;
import io.nephometer.testkit.servers.PrivateRedis;
import io.nephometer.testkit.servers.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A Redis that lets in nobody but a user with a password and a certificate, who may do what the documentation says. */
record GuardedRedis(PrivateRedis redis, TestAuthority authority, TestAuthority.Identity us) implements AutoCloseable {
    private static final String HEAD = "nephometer:v1:{cloud}:head";

    static GuardedRedis start(Path folder) throws IOException {
        TestAuthority authority = new TestAuthority(Files.createDirectory(folder.resolve("authority")));
        TestAuthority.Identity server = authority.issue("redis", "ip:127.0.0.1");
        PrivateRedis redis = new PrivateRedis(
                List.of(
                        "tls-cert-file " + server.certificate(),
                        "tls-key-file " + server.key(),
                        "tls-ca-cert-file " + authority.certificate(),
                        "tls-auth-clients yes",
                        "user default off",
                        "user nephometer on >hush ~nephometer:* -@all +@read +@write +@scripting +@connection +time -@dangerous"));
        redis.start();
        return new GuardedRedis(redis, authority, authority.issue("central", "dns:central"));
    }

    RedisOptions options() {
        return options(tlsPort());
    }

    /** Through something that listens before it. */
    RedisOptions options(int port) {
        return RedisOptions.of("rediss://127.0.0.1:" + port, "cloud")
                .withTls(new TlsOptions(authority.certificate(), us.certificate(), us.key(), true))
                .withLogin(new RedisOptions.Login("nephometer", new Secret("hush")));
    }

    /** As a configuration file says it. */
    String section() {
        return """
                shared_cache:
                  url: "%s"
                  user: nephometer
                  password: hush
                  tls: {authorities: %s, certificate: %s, key: %s}
                """.formatted(redis.tlsUrl(), authority.certificate(), us.certificate(), us.key());
    }

    int tlsPort() {
        return redis.tlsPort();
    }

    /** Lets the lease be older by so much. */
    void pass(Duration time) {
        long micros = time.dividedBy(ChronoUnit.MICROS.getDuration());
        redis.cli("HINCRBY", HEAD, "until", "-" + micros);
    }

    void restart() {
        redis.kill();
        redis.start();
    }

    void empty() {
        redis.cli("FLUSHALL");
    }

    @Override
    public void close() {
        redis.close();
    }
}
