// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "64MiB, 67108864, 64MiB",
        "512kB, 512000, 500KiB",
        "501kB, 501000, 501kB",
        "1.5KiB, 1536, 1536B",
        "0B, 0, 0B",
        "2 GiB, 2147483648, 2GiB",
        "1000MB, 1000000000, 1GB",
        "8191TiB, 9006099743113216, 8191TiB"
    })
    void aSizeIsReadAndPrinted(String text, long bytes, String printed) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "64mb", "MiB", "-1B", "0.5B", "99999999TiB", "1e3B"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a size with its unit");
    }

    @ParameterizedTest
    @CsvSource({
        "PT5S, 5000, 5s",
        "5s, 5000, 5s",
        "300ms, 300, 300ms",
        "1h30m, 5400000, 1h30m",
        "7d, 604800000, 7d",
        "0s, 0, 0s",
        "PT0.25S, 250, 250ms",
        "90m, 5400000, 1h30m"
    })
    void aDurationIsReadAndPrinted(String text, long millis, String printed) {
        assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(DurationText.print(Duration.ofMillis(millis))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "5 seconds", "-5s", "PT-5S", "s", "1.5h", "5sx", "999999999999999d999999999999999d"})
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a duration with its unit");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://me:word@db:5432/x, postgresql://me:***@db:5432/x",
        "postgresql://me@db/x, postgresql://me@db/x",
        "sqlite:/var/lib/x.db, sqlite:/var/lib/x.db",
        "'rabbit://a:w1@one:5672,b:w2@two:5672/v', 'rabbit://a:***@one:5672,b:***@two:5672/v'",
        "postgresql://me:w/rd@db/x, postgresql://me:***@db/x",
        "'rabbit://a:w,1@one/', 'rabbit://a:***@one/'",
        "postgresql://me:w:o@r@db/x, postgresql://me:***@db/x",
        "postgresql://db/x?user=me&password=word&ssl=true, postgresql://db/x?user=me&password=***&ssl=true"
    })
    void anAddressHidesItsPassword(String url, String shown) {
        assertThat(new ConnectionUrl(url)).hasToString(shown);
        assertThat(new ConnectionUrl(url).reveal()).isEqualTo(url);
    }

    @Test
    void aSecretHidesItself() {
        assertThat(new Secret("word"))
                .hasToString("***")
                .isEqualTo(new Secret("word"))
                .isNotEqualTo(new Secret("x"));
    }
}
