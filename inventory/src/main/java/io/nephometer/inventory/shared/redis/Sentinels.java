// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.inventory.shared.SharedCacheException;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/** Asks Sentinels, one after the other, where Redis is. Jedis' own client keeps a thread and a log for each of them. */
final class Sentinels {
    private Sentinels() {}

    static RedisUrl.Server master(RedisOptions options, RedisOptions.Sentinel sentinel, JedisClientConfig config)
            throws SharedCacheException {
        SharedCacheException failure =
                new SharedCacheException("no Sentinel of " + options.url().servers() + " says where \""
                        + sentinel.master() + "\" is; see shared_cache.url and shared_cache.sentinel");
        for (RedisUrl.Server one : options.url().servers()) {
            try {
                List<String> address = ask(one, sentinel.master(), config);
                if (address != null && address.size() == 2) {
                    return new RedisUrl.Server(address.getFirst(), Integer.parseInt(address.getLast()));
                }
                failure.addSuppressed(new SharedCacheException("the Sentinel at " + one + " does not know that name"));
            } catch (JedisException e) {
                failure.addSuppressed(RedisFailure.of(e, one, options));
            }
        }
        throw failure;
    }

    private static List<String> ask(RedisUrl.Server server, String master, JedisClientConfig config) {
        try (Connection connection = new Connection(new HostAndPort(server.host(), server.port()), config)) {
            connection.sendCommand(Protocol.Command.SENTINEL, "GET-MASTER-ADDR-BY-NAME", master);
            return connection.getMultiBulkReply();
        }
    }
}
