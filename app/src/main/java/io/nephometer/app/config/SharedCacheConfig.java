// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.inventory.shared.redis.RedisUrl;
import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.tls.TlsOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The Redis or Valkey in which the agents of a cloud share what is known of its instances. */
public record SharedCacheConfig(
        @Doc("redis://host:6379, or rediss://host:6379 for TLS; a database other than 0 is /1 at the end."
                + " With sentinel: the Sentinels, separated by commas.")
        @Example("rediss://redis.example.org:6379")
        ConnectionUrl url,

        @Doc("The user (ACL). Not set: the default user.") @Example("nephometer") @Nullable String user,

        @Doc("The password, so that it need not stand in the URL: ${VARIABLE} or file:/path.")
        @Example("file:/etc/nephometer/redis-password")
        @Nullable Secret password,

        @Doc("Which cloud or region this is, if one Redis serves several: begins the names of all keys.")
        @Default("cloud")
        String space,

        @Doc("Whose instances the space is to hold: the region, the place of Nova's public endpoint, or both, as"
                + " cache show tells them (cloud). A process that finds another cloud's there neither reads it nor writes."
                + " Not set: whoever logs in to Keystone compares what that says; others take what is there.")
        @Example("RegionOne")
        @Nullable String cloud,

        @Doc("If Sentinels know where Redis is.") @Nullable SentinelConfig sentinel,

        @Doc("Certificates and keys, for rediss.") @Nullable TlsConfig tls,

        @Doc("Connections that this process keeps open at most.") @Default("4") @Between(min = "1", max = "100")
        int connections,

        @Doc("How long to wait for a connection before Redis counts as unreachable.")
        @Default("2s")
        @Between(min = "100ms", max = "1m")
        Duration connectTimeout,

        @Doc("How long one answer may take before it is given up.") @Default("5s") @Between(min = "100ms", max = "1m")
        Duration timeout) {
    public SharedCacheConfig {
        RedisUrl parsed = parsed(url);
        if (parsed.servers().size() > 1 && sentinel == null) {
            throw new InvalidSetting("url", "several addresses are those of Sentinels: set sentinel.master, too");
        }
        if (tls != null && !parsed.tls()) {
            throw new InvalidSetting("tls", "expected an address that begins with rediss://, or else no tls");
        }
        if (!RedisOptions.isSpace(space)) {
            throw new InvalidSetting("space", "expected letters, digits, dots, hyphens and underscores");
        }
        if (cloud != null && cloud.isBlank()) {
            throw new InvalidSetting("cloud", "expected a region, the place of an endpoint, or both");
        }
    }

    /** What the engine takes. */
    public RedisOptions options() {
        return new RedisOptions(
                parsed(url),
                space,
                new RedisOptions.Login(user, password),
                sentinel == null ? null : sentinel.options(),
                tls == null ? TlsOptions.defaults() : tls.options(),
                connections,
                connectTimeout,
                timeout);
    }

    private static RedisUrl parsed(ConnectionUrl url) {
        try {
            return RedisUrl.parse(url.reveal());
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("url", String.valueOf(e.getMessage()));
        }
    }

    /** Sentinels. */
    public record SentinelConfig(
            @Doc("What the Sentinels call the Redis that is meant.") @Example("nephometer")
            String master,

            @Doc("The user with the Sentinels, if they ask for one.") @Example("nephometer") @Nullable String user,

            @Doc("The password with the Sentinels.") @Example("file:/etc/nephometer/sentinel-password") @Nullable Secret password) {
        public SentinelConfig {
            if (master.isBlank()) {
                throw new InvalidSetting("master", "expected the name that the Sentinels were given");
            }
        }

        RedisOptions.Sentinel options() {
            boolean open = user == null && password == null;
            return new RedisOptions.Sentinel(master, open ? null : new RedisOptions.Login(user, password));
        }
    }
}
