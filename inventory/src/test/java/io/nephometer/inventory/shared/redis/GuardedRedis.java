// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.tls.TlsOptions;
import io.nephometer.testkit.servers.PrivateRedis;
import io.nephometer.testkit.servers.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Redis that lets in only who has a certificate and a password. */
record GuardedRedis(PrivateRedis redis, TestAuthority authority, TestAuthority.Identity us) implements AutoCloseable {
    private static final String RIGHTS =
            "~nephometer:* -@all +@read +@write +@scripting +@connection +time -@dangerous";

    static GuardedRedis start(Path folder) throws IOException {
        TestAuthority authority = new TestAuthority(Files.createDirectory(folder.resolve("authority")));
        TestAuthority.Identity server = authority.issue("redis", "ip:127.0.0.1");
        PrivateRedis redis = new PrivateRedis(List.of(
                "tls-cert-file " + server.certificate(),
                "tls-key-file " + server.key(),
                "tls-ca-cert-file " + authority.certificate(),
                "tls-auth-clients yes",
                "user default off",
                "user agent on >hush " + RIGHTS,
                "user reader on >hush ~nephometer:* -@all +@read +@scripting +@connection +time",
                "user stranger on >hush ~other:* +@all"));
        redis.start();
        return new GuardedRedis(redis, authority, authority.issue("agent", "dns:agent"));
    }

    TlsOptions tls() {
        return new TlsOptions(authority.certificate(), us.certificate(), us.key(), true);
    }

    RedisOptions options() {
        return optionsOf("agent", "hush");
    }

    RedisOptions optionsOf(String user, String password) {
        return RedisOptions.of(redis.tlsUrl(), "tests")
                .withTls(tls())
                .withLogin(new RedisOptions.Login(user, new Secret(password)))
                .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        redis.close();
    }
}
