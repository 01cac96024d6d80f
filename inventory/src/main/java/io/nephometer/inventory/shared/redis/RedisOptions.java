// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.tls.TlsOptions;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the shared cache is kept in Redis.
 *
 * @param url of Redis, or of its Sentinels
 * @param space which cloud or region: one Redis may serve several
 * @param sentinel null if the URL is that of Redis itself
 * @param tls how to trust; counts only if the URL says TLS
 * @param connections that are kept open at most
 * @param connectTimeout for a connection, and for waiting until one is free
 * @param timeout for an answer
 */
public record RedisOptions(
        RedisUrl url,
        String space,
        @Nullable Login login,
        @Nullable Sentinel sentinel,
        TlsOptions tls,
        int connections,
        Duration connectTimeout,
        Duration timeout) {
    private static final Pattern SPACE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public RedisOptions {
        if (!isSpace(space)) {
            throw new IllegalArgumentException("a space has letters, digits, dots, hyphens and underscores: " + space);
        }
        if (url.servers().size() > 1 && sentinel == null) {
            throw new IllegalArgumentException(
                    "several addresses are those of Sentinels, which need the master's name");
        }
    }

    /** As whom to enter Redis; null for what the URL says. */
    public record Login(@Nullable String user, @Nullable Secret password) {}

    /**
     * Sentinels, which know where Redis is.
     *
     * @param master what they call it
     * @param login as whom to enter the Sentinels; null if they ask nobody
     */
    public record Sentinel(String master, @Nullable Login login) {}

    /** Without user, Sentinel and own authorities, with bounds that suit an agent. */
    public static RedisOptions of(String url, String space) {
        return new RedisOptions(
                RedisUrl.parse(url),
                space,
                null,
                null,
                TlsOptions.defaults(),
                4,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5));
    }

    /** Whether a text can name a space. */
    public static boolean isSpace(String text) {
        return SPACE.matcher(text).matches();
    }

    /** With a user. */
    public RedisOptions withLogin(Login other) {
        return new RedisOptions(url, space, other, sentinel, tls, connections, connectTimeout, timeout);
    }

    /** With Sentinels at the addresses of the URL. */
    public RedisOptions withSentinel(Sentinel other) {
        return new RedisOptions(url, space, login, other, tls, connections, connectTimeout, timeout);
    }

    /** With other trust. */
    public RedisOptions withTls(TlsOptions other) {
        return new RedisOptions(url, space, login, sentinel, other, connections, connectTimeout, timeout);
    }

    /** With other time-outs. */
    public RedisOptions withTimeouts(Duration connect, Duration answer) {
        return new RedisOptions(url, space, login, sentinel, tls, connections, connect, answer);
    }

    @Nullable String user() {
        return login == null || login.user() == null ? url.user() : login.user();
    }

    @Nullable String password() {
        Secret secret = login == null || login.password() == null ? url.password() : login.password();
        return secret == null ? null : secret.reveal();
    }
}
