// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.inventory.shared.redis.RedisUrl.Server;
import io.nephometer.runtime.config.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
    @Test
    void theHostAloneIsEnough() {
        assertThat(RedisUrl.parse("redis://cache.example.org"))
                .isEqualTo(new RedisUrl(false, List.of(new Server("cache.example.org", 6379)), null, null, 0));
    }

    @Test
    void allThatItCanSay() {
        assertThat(RedisUrl.parse(" rediss://me:a%40b+c:d@[::1]:7000,two:7001/12 "))
                .isEqualTo(new RedisUrl(
                        true,
                        List.of(new Server("::1", 7000), new Server("two", 7001)),
                        "me",
                        new Secret("a@b+c:d"),
                        12));
    }

    @Test
    void aPasswordWithoutUserIsTheDefaultUsers() {
        RedisUrl url = RedisUrl.parse("redis://:hush@host");
        assertThat(url.user()).isNull();
        assertThat(url.password()).isEqualTo(new Secret("hush"));
        assertThat(url.toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host:6379",
                "http://host",
                "redis://",
                "redis://host:0",
                "redis://host:70000",
                "redis://host/one",
                "redis://one,,two",
                "redis://me:hush@host?x=1",
            })
    void anythingElseIsRefusedWithoutShowingThePassword(String text) {
        assertThatThrownBy(() -> RedisUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hush");
    }
}
