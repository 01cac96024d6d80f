// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-22 01:27:42.449925,         2026-11-22T01:27:42.449925+00:00",
        "2026-11-22T01:27:42Z,               2026-11-22T01:27:42+00:00",
        "2026-11-22T01:27:42.5+02:00,        2026-11-22T01:27:42.500000+02:00",
        "2026-11-22T01:27:42-0330,           2026-11-22T01:27:42-03:30",
        "2026-11-22T01:27:42+05,             2026-11-22T01:27:42+05:00",
        "2026-11-22T01:27:42.449925+0000,    2026-11-22T01:27:42.449925+00:00",
        "'2026-11-22T01:27:42,4499259',      2026-11-22T01:27:42.449925+00:00",
        "2026-11-22T01:27:42+23:59,          2026-11-22T01:27:42+23:59",
        "20261122T012742Z,                   2026-11-22T01:27:42+00:00",
        "20261122,                           2026-11-22T00:00:00+00:00",
        "2026-11-22T01,                      2026-11-22T01:00:00+00:00",
        "2026-11-22T01:27,                   2026-11-22T01:27:00+00:00",
        "2026-1-2,                           2026-01-02T00:00:00+00:00",
        "2026-11,                            2026-11-01T00:00:00+00:00",
        "2026,                               2026-01-01T00:00:00+00:00",
        "0001-01-01T00:00:00+05:00,          0001-01-01T00:00:00+05:00",
    })
    void everyForm_isReadAndWrittenWithItsOffset(String text, String expected) {
        assertThat(IsoTime.parse(text).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "1714979289",
                "202611",
                "2026-11-22T",
                "2026-11-22t01:27:42",
                "2026-11-22_01:27:42",
                "2026-11-22T01:27:42z",
                " 2026-11-22",
                "2026-11-22T01:27:42.",
                "2026-1-2T3:4:5",
                "2026-W01-1",
                "2026-02-30",
                "2026-13-01",
                "0000-01-01",
                "2026-11-22T24:00:00Z",
                "2026-11-22T01:27:60Z",
                "2026-11-22T01:27:42+24:00",
                "2026-11-22T01:27:42Zulu"
            })
    void whatIsNoTime_isRefused(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> IsoTime.parse(text));
    }

    @Test
    void theInstant_takesTheOffsetAway() {
        assertThat(IsoTime.parse("2026-11-22 01:27:42.449925+02:00").instant())
                .isEqualTo(Instant.parse("2026-11-21T23:27:42.449925Z"));
    }

    @Test
    void utcText_hasAFractionOnlyIfThereIsOne() {
        assertThat(IsoTime.utcText(Instant.parse("2026-11-22T01:27:42Z"))).isEqualTo("2026-11-22T01:27:42");
        assertThat(IsoTime.utcText(Instant.parse("2026-11-22T01:27:42.000007Z")))
                .isEqualTo("2026-11-22T01:27:42.000007");
    }
}
