// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "a.*,       a.b.c,    true",
                "a.*,       a,        false",
                "*.end,     a.end,    true",
                "*a*b*c,    xaybzbc,  true",
                "*a*b*c,    xaybzb,   false",
                "a?c,       a\ud83d\ude00c, true",
                "v[1-3].x,  v2.x,     true",
                "v[1-3].x,  v4.x,     false",
                "v[!1-3].x, v4.x,     true",
                "v[!1-3].x, v2.x,     false",
                "v[]].x,    v].x,     true",
                "v[!]].x,   va.x,     true",
                "v[-a].x,   v-.x,     true",
                "v[a-].x,   v-.x,     true",
                "v[z-a].x,  vm.x,     false",
                "v[1.x,     v[1.x,    true",
                "[[]a],     [a],      true",
                "**,        '',       true",
                "'',        '',       true",
                "'',        a,        false",
                "A,         a,        false",
            })
    void patterns_matchAsFnmatchMatches(String pattern, String text, boolean expected) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(expected);
    }
}
