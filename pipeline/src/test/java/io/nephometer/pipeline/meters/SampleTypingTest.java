// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.MessageId;
import io.nephometer.model.Sample;
import io.nephometer.pipeline.decode.IsoTime;
import io.nephometer.pipeline.meters.Dropped.Reason;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTypingTest {
    private static final MessageId MESSAGE = new MessageId("11111111-2222-3333-4444-555555555555");

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of(7L, 7L),
                Arguments.of(7.0, 7.0),
                Arguments.of(true, 1L),
                Arguments.of(false, 0L),
                Arguments.of(" 7 ", 7L),
                Arguments.of("1_000", 1000L),
                Arguments.of("1e3", 1000.0),
                Arguments.of("\uff11\uff12", 12L),
                Arguments.of(new BigInteger("9223372036854775808"), 0x1p63));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void volumes_becomeNumbers(Object volume, Number expected) {
        assertThat(sample(volume).volume()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "-Infinity", "1e999"})
    void volumesThatAreNotFinite_areRefused(String volume) {
        assertThat(derived("memory", "gauge", "MiB", volume).typed(MESSAGE))
                .isEqualTo(new SampleTyping.Refused(new Dropped("memory", Reason.NOT_FINITE, volume)));
    }

    @Test
    void aType_thatWasLookedUpAndIsNone_isRefused() {
        assertThat(derived("memory", "weird", "MiB", 1L).typed(MESSAGE))
                .isEqualTo(new SampleTyping.Refused(new Dropped("memory", Reason.UNKNOWN_TYPE, "weird")));
    }

    @Test
    void aSampleWithoutName_isRefused() {
        assertThat(derived(null, "gauge", "MiB", 1L).typed(MESSAGE))
                .isEqualTo(new SampleTyping.Refused(new Dropped("None", Reason.NO_NAME, null)));
    }

    @Test
    void otherValues_becomeTexts_andTheIdentityIsThatOfTheMessage() {
        Sample sample = sample(1L);

        assertThat(sample.meter().unit()).isEqualTo("True");
        assertThat(sample.resourceId()).isEqualTo("5");
        assertThat(sample.projectId()).isNull();
        assertThat(sample.timestamp()).isEqualTo(Instant.parse("2026-11-22T01:27:42Z"));
        assertThat(sample.origin()).isEqualTo(new Sample.Origin.Derived(MESSAGE, 3));
    }

    private static Sample sample(Object volume) {
        SampleTyping typing = derived("memory", "gauge", true, volume).typed(MESSAGE);
        return switch (typing) {
            case SampleTyping.Typed(Sample sample) -> sample;
            case SampleTyping.Refused refused -> throw new AssertionError(refused);
        };
    }

    private static DerivedSample derived(@Nullable Object name, Object type, Object unit, Object volume) {
        IsoTime time = IsoTime.parse("2026-11-22T01:27:42Z");
        return new DerivedSample(name, type, unit, volume, 5L, null, "u", time, Map.of("k", "v"), 3);
    }
}
