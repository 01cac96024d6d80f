// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.app.config.SharedCacheConfig.SentinelConfig;
import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.inventory.shared.redis.RedisUrl;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.ConfigReader;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.tls.TlsOptions;
import io.nephometer.testkit.config.ConfigRecordAssert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedCacheConfigTest {
    private static final SharedCacheConfig FULL = new SharedCacheConfig(
            new ConnectionUrl("rediss://one:26379,two:26380/2"),
            "agent",
            new Secret("word"),
            "north",
            "RegionOne",
            new SentinelConfig("nephometer", "watcher", new Secret("other")),
            new TlsConfig(Path.of("/ca.pem"), null, null, true),
            7,
            Duration.ofSeconds(1),
            Duration.ofSeconds(3));

    private static SharedCacheConfig plain(@Nullable String user, String space) {
        return new SharedCacheConfig(
                new ConnectionUrl("redis://host"),
                user,
                null,
                space,
                null,
                null,
                null,
                4,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5));
    }

    @Test
    void defaultsAndEveryKey() {
        ConfigRecordAssert<SharedCacheConfig> record =
                new ConfigRecordAssert<>(SharedCacheConfig.class, "url: redis://host");
        record.hasDefaults(plain(null, "cloud"));
        record.bindsEveryKey("""
                url: rediss://one:26379,two:26380/2
                user: agent
                password: word
                space: north
                cloud: RegionOne
                sentinel: {master: nephometer, user: watcher, password: other}
                tls: {authorities: /ca.pem}
                connections: 7
                connect_timeout: 1s
                timeout: 3s
                """, FULL);
    }

    @Test
    void sentinels() {
        ConfigRecordAssert<SentinelConfig> record = new ConfigRecordAssert<>(SentinelConfig.class, "master: m");
        record.hasDefaults(new SentinelConfig("m", null, null));
        record.bindsEveryKey(
                "{master: nephometer, user: watcher, password: other}",
                new SentinelConfig("nephometer", "watcher", new Secret("other")));
    }

    @Test
    void optionsOfTheEngineSayTheSame() {
        assertThat(FULL.options())
                .isEqualTo(new RedisOptions(
                        new RedisUrl(
                                true,
                                List.of(new RedisUrl.Server("one", 26379), new RedisUrl.Server("two", 26380)),
                                null,
                                null,
                                2),
                        "north",
                        new RedisOptions.Login("agent", new Secret("word")),
                        new RedisOptions.Sentinel("nephometer", new RedisOptions.Login("watcher", new Secret("other"))),
                        new TlsOptions(Path.of("/ca.pem"), null, null, true),
                        7,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3)));
        assertThat(plain("agent", "cloud").options().sentinel()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url: http://host                          | url                | redis://host:6379",
                "url: 'redis://one,two'                    | url                | sentinel.master",
                "{url: redis://host, tls: {}}              | tls                | rediss://",
                "{url: redis://host, space: 'a b'}         | space              | letters, digits",
                "{url: redis://host, sentinel: {master: ''}} | sentinel.master  | name that the Sentinels",
            })
    void whatCannotBeMeantIsSaidWithItsKey(String yaml, String key, String expected) {
        assertThatThrownBy(() -> new ConfigReader("TEST", Map.of()).read(yaml, "test", SharedCacheConfig.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(expected);
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(FULL.toString() + FULL.options())
                .doesNotContain("word,")
                .doesNotContain("other")
                .contains("***");
    }
}
