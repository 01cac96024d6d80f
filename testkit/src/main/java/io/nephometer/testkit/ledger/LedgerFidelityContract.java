// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.ledger;

import static io.nephometer.testkit.ledger.Messages.START;
import static io.nephometer.testkit.ledger.Messages.converted;
import static io.nephometer.testkit.ledger.Messages.eventRefused;
import static io.nephometer.testkit.ledger.Messages.garbage;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.sample;
import static io.nephometer.testkit.ledger.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.Event;
import io.nephometer.model.Fate;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Processed;
import io.nephometer.model.Sample;
import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A ledger gives back what it was given, to the last digit, and refuses alike what cannot be kept on every engine. */
public abstract class LedgerFidelityContract extends LedgerContract {
    private static final Meter CPU = new Meter("cpu", MeterType.CUMULATIVE, "ns");

    private void roundTrip(Trait... traits) {
        Event event = new Event(id(1), "x.y", START, List.of(traits), "{\"whole\": \"message\", \"é\": \"😀\"}");
        commit(converted(event, "body", List.of()));
        assertThat(ledger().events()).containsExactly(event);
    }

    @Test
    void traitsOfEveryTypeAreKeptExactly() {
        roundTrip(
                text("empty", ""),
                text("umlaut", "Zürich 😀 \" \\ \n \t / \u2028 \u0001"),
                new Trait("zero", TraitValue.Int.of(0)),
                new Trait("least", TraitValue.Int.of(Long.MIN_VALUE)),
                new Trait("huge", new TraitValue.Int(new BigInteger("9".repeat(300)))),
                new Trait("minus", new TraitValue.Int(BigInteger.TEN.pow(40).negate())),
                new Trait("whole", new TraitValue.Decimal(1.0)),
                new Trait("tiny", new TraitValue.Decimal(Double.MIN_VALUE)),
                new Trait("third", new TraitValue.Decimal(1.0 / 3)),
                new Trait("nan", new TraitValue.Decimal(Double.NaN)),
                new Trait("infinite", new TraitValue.Decimal(Double.NEGATIVE_INFINITY)),
                new Trait("time", new TraitValue.Datetime(Instant.parse("2026-11-22T01:44:47.501612Z"))),
                new Trait("early", new TraitValue.Datetime(Instant.parse("-0044-03-15T00:00:00Z"))));
    }

    @Test
    void eventWithoutTraitsIsKept() {
        roundTrip();
    }

    @Test
    void longTraitIsKept() {
        roundTrip(text("long", "x".repeat(2_000_000)));
    }

    @Test
    void volumesAreKeptExactlyAndIntegersStayIntegers() {
        List<Number> volumes = new ArrayList<>(List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 300L));
        volumes.addAll(List.of(0.0, -0.0, 1.0, -7.0, 0.1, 1e300, 9007199254740994.0, Double.MIN_VALUE, 134.501612));
        List<Sample> samples = new ArrayList<>();
        for (int ordinal = 0; ordinal < volumes.size(); ordinal++) {
            samples.add(new Sample(
                    new Sample.Origin.Derived(id(1), ordinal),
                    CPU,
                    volumes.get(ordinal),
                    "r",
                    null,
                    null,
                    START,
                    Map.of()));
        }

        commit(converted(id(1), "body", samples));

        assertThat(ledger().samples()).containsExactlyElementsOf(samples);
    }

    @Test
    void samplesWithoutResourceProjectOrUserAreKept() {
        Sample bare = new Sample(new Sample.Origin.Derived(id(1), 0), CPU, 5L, null, null, null, START, metadata());

        commit(converted(id(1), "body", List.of(bare)));

        assertThat(ledger().samples()).containsExactly(bare);
    }

    private static Map<String, @Nullable Object> metadata() {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("none", null);
        metadata.put("truth", true);
        metadata.put("count", 3L);
        metadata.put("huge", BigInteger.TWO.pow(80));
        metadata.put("ratio", 0.25);
        metadata.put("list", Arrays.asList("a", null, 2L));
        metadata.put("nested", Map.of("dotted.key", Map.of("umlaut", "ü\u0000")));
        return metadata;
    }

    @Test
    void samplesOfOneMessageWithDifferentResourcesTimesAndMetadataAreKept() {
        List<Sample> samples = List.of(
                sample(id(1), 1),
                sample(id(1), 2),
                new Sample(
                        new Sample.Origin.Derived(id(1), 0),
                        CPU,
                        7L,
                        "r-2",
                        "p-2",
                        "u-2",
                        START.plusSeconds(2),
                        metadata()),
                new Sample(
                        new Sample.Origin.Derived(id(1), 1),
                        CPU,
                        8L,
                        "r-2",
                        "p-2",
                        "u-2",
                        START.plusSeconds(3),
                        metadata()));

        commit(converted(id(1), "body", samples));

        assertThat(ledger().samples()).containsExactlyInAnyOrderElementsOf(samples);
    }

    @Test
    void nulCharacterInTraitIsRejectedAndLeavesNothingBehind() {
        assertRejected(
                converted(new Event(id(2), "x", START, List.of(text("bad", "a\u0000b")), null), "two", List.of()));
    }

    @Test
    void halfOfSurrogatePairIsRejected() {
        assertRejected(
                converted(new Event(id(2), "x", START, List.of(text("bad", "a\uD800")), null), "two", List.of()));
    }

    @Test
    void nulCharacterInNamesIsRejected() {
        assertRejected(converted(new Event(id(2), "x\u0000", START, List.of(), null), "two", List.of()));
        assertRejected(converted(
                id(2),
                "two",
                List.of(new Sample(
                        new Sample.Origin.Derived(id(2), 0), CPU, 1L, "r\u0000", null, null, START, Map.of()))));
    }

    @Test
    void nameOfAbsurdLengthIsRejected() {
        assertRejected(converted(new Event(id(2), "x".repeat(100_000), START, List.of(), null), "two", List.of()));
    }

    @Test
    void timeBeyondRangeIsRejected() {
        assertRejected(converted(new Event(id(2), "x", Instant.MAX, List.of(), null), "two", List.of()));
    }

    private void assertRejected(Processed bad) {
        assertThat(offer(converted(1), bad, garbage("{")))
                .isInstanceOfSatisfying(CommitOutcome.Rejected.class, it -> assertThat(it.code())
                        .isEqualTo(CommitOutcome.Rejected.UNSTORABLE));
        assertThat(ledger().events()).isEmpty();
        assertThat(ledger().samples()).isEmpty();
        assertThat(ledger().recovery()).isEmpty();
    }

    @Test
    void afterRejectionNeighboursAndTheRestOfTheRefusedOneAreCommitted() {
        Event bad = new Event(id(2), "x", START, List.of(text("bad", "\u0000")), null);
        assertThat(offer(converted(1), converted(bad, "message 2", List.of(sample(id(2), 2)))))
                .isInstanceOf(CommitOutcome.Rejected.class);

        assertThat(commit(converted(1)).fates()).containsExactly(Fate.EVENT);
        assertThat(commit(eventRefused(2)).fates()).containsExactly(Fate.RECOVERED);

        assertThat(ledger().samples()).hasSize(2);
    }

    @Test
    void recoveryTakesAnything() {
        assertThat(commit(garbage("\u0000"), garbage(""), garbage("x".repeat(5_000_000)))
                        .fates())
                .containsOnly(Fate.RECOVERED);
    }
}
