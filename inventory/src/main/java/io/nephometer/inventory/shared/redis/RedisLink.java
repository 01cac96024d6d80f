// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.runtime.tls.TlsContext;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/** Runs scripts on the Redis that is meant, wherever it is now. Connects when it is first asked, and anew after a failure. Thread-safe. */
final class RedisLink implements AutoCloseable {
    private final RedisOptions options;
    private final String head;
    private final Object lock = new Object();

    @GuardedBy("lock") private @Nullable RedisTarget current;

    @GuardedBy("lock") private boolean closed;

    RedisLink(RedisOptions options) {
        this.options = options;
        this.head = "nephometer:v1:{" + options.space() + "}:head";
    }

    /** With what the names of all keys begin. */
    String prefix() {
        return head.substring(0, head.length() - "head".length());
    }

    /**
     * Runs a script. A connection that Redis had closed meanwhile, as all are after its restart, is replaced once.
     *
     * @return as Redis' types become Java's: null, Long, String, List
     */
    @Nullable Object run(Script script, List<String> arguments) throws SharedCacheException {
        RedisTarget target = target();
        try {
            return target.run(script, head, arguments);
        } catch (JedisException | RedisTarget.EvictingException e) {
            leaveIfOver(target, e);
            if (!script.isRepeatable() || !RedisFailure.isStaleConnection(e)) {
                throw RedisFailure.of(e, target.server(), options);
            }
        }
        RedisTarget fresh = target();
        try {
            return fresh.run(script, head, arguments);
        } catch (JedisException | RedisTarget.EvictingException e) {
            leaveIfOver(fresh, e);
            throw RedisFailure.of(e, fresh.server(), options);
        }
    }

    private RedisTarget target() throws SharedCacheException {
        synchronized (lock) {
            if (closed) {
                throw new SharedCacheException("the shared cache was closed");
            }
            if (current != null) {
                return current;
            }
        }
        RedisOptions.Sentinel sentinel = options.sentinel();
        RedisUrl.Server server = sentinel == null
                ? options.url().servers().getFirst()
                : Sentinels.master(options, sentinel, config(options, sentinel.login()));
        return adopt(RedisTarget.of(server, config(options, options.login()), options));
    }

    private RedisTarget adopt(RedisTarget found) throws SharedCacheException {
        synchronized (lock) {
            if (current == null && !closed) {
                current = found;
                return found;
            }
        }
        found.close();
        return target();
    }

    /** Asks anew where Redis is, and with new connections, once these are of no use. */
    private void leaveIfOver(RedisTarget target, Exception failure) {
        if (!RedisFailure.endsTarget(failure)) {
            return;
        }
        synchronized (lock) {
            if (current == target) {
                current = null;
            }
        }
        target.close();
    }

    @SuppressWarnings("deprecation") // SslOptions takes key stores, and not certificates in PEM form
    private static JedisClientConfig config(RedisOptions options, RedisOptions.@Nullable Login login)
            throws SharedCacheException {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(millis(options.connectTimeout()))
                .socketTimeoutMillis(millis(options.timeout()))
                .clientName("nephometer")
                .resp2();
        if (login != null) {
            config.user(login.user())
                    .password(login.password() == null ? null : login.password().reveal());
        }
        if (options.url().tls()) {
            try {
                config.ssl(true).sslSocketFactory(TlsContext.of(options.tls()).getSocketFactory());
            } catch (IOException e) {
                String why = e instanceof NoSuchFileException missing
                        ? "there is no file " + missing.getFile()
                        : String.valueOf(e.getMessage());
                throw new SharedCacheException(
                        "no TLS towards the shared cache at " + options.url().servers() + ": " + why
                                + "; see shared_cache.tls",
                        e);
            }
        }
        return config.build();
    }

    private static int millis(Duration time) {
        return Math.toIntExact(time.toMillis());
    }

    @Override
    public void close() {
        RedisTarget last;
        synchronized (lock) {
            closed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            last.close();
        }
    }
}
