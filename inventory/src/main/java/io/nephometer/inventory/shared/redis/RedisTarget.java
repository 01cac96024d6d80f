// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** One Redis server and the connections to it. */
final class RedisTarget implements AutoCloseable {
    private final RedisUrl.Server server;
    private final RedisClient client;
    private final AtomicBoolean keepsAll = new AtomicBoolean();

    private RedisTarget(RedisUrl.Server server, RedisClient client) {
        this.server = server;
        this.client = client;
    }

    /** Does not connect yet. */
    static RedisTarget of(RedisUrl.Server server, JedisClientConfig config, RedisOptions options) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(options.connections());
        pool.setMaxIdle(options.connections());
        pool.setMaxWait(options.connectTimeout());
        pool.setJmxEnabled(false);
        RedisClient client = RedisClient.builder()
                .hostAndPort(server.host(), server.port())
                .clientConfig(config)
                .poolConfig(pool)
                .build();
        return new RedisTarget(server, client);
    }

    RedisUrl.Server server() {
        return server;
    }

    /** Runs a script, and teaches it to Redis if that does not know it. */
    @Nullable Object run(Script script, String head, List<String> arguments) throws EvictingException {
        if (!keepsAll.get()) {
            checkThatItKeepsAll();
            keepsAll.set(true);
        }
        try {
            return client.evalsha(script.sha1(), List.of(head), arguments);
        } catch (JedisNoScriptException _) {
            return client.eval(script.text(), List.of(head), arguments);
        }
    }

    /** A Redis that drops keys of its choice would let instances vanish one by one. */
    private void checkThatItKeepsAll() throws EvictingException {
        String memory;
        try {
            memory = client.info("memory");
        } catch (JedisAccessControlException e) {
            if (String.valueOf(e.getMessage()).startsWith("NOPERM")) {
                return; // that may be forbidden to us
            }
            throw e;
        }
        String policy = memory.lines()
                .filter(line -> line.startsWith("maxmemory_policy:"))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .findFirst()
                .orElse("");
        if (policy.startsWith("allkeys")) {
            throw new EvictingException(policy);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** The server drops what it likes when its memory is full. */
    static final class EvictingException extends Exception {
        private static final long serialVersionUID = 1L;

        EvictingException(String policy) {
            super(policy);
        }
    }
}
