// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.model.Incarnation;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Tenure;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.signature.MessageSignature;
import io.nephometer.runtime.signature.SignatureDigest;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.MetadataState;
import io.nephometer.sources.polling.SlotMeasurements;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a payload says of its slot under the key {@code slot}, beside Ceilometer's own {@code samples}:
 *
 * <pre>{@code
 * {"source": "all_pollsters", "interval": 300, "start": "2026-11-22T10:00:00Z", "host": "cmp1",
 *  "part": 1, "parts": 1, "measured": "2026-11-22T10:00:42.125Z",
 *  "metadata": {"origin": "api", "as_of": "2026-11-22T10:00:30Z", "age": 12.125},
 *  "shortfalls": [{"reason": "not_nova", "count": 1, "detail": "…"}],
 *  "agent": {"version": 1, "incarnation": "8c1f…", "began": "2026-11-20T08:00:00Z",
 *            "polls": [{"source": "all_pollsters", "interval": 300}]}}
 * }</pre>
 *
 * The interval and the age are seconds. {@code measured} is null if nothing could be measured; then there are no samples.
 * {@code metadata} is null if the samples have none, and {@code as_of} if nothing was told yet. The shortfalls stand in the last
 * part and are an empty list in the others. What is measured under a tenure has {@code "owner"} and {@code "epoch"} too. Else
 * {@code agent} says which run of the member measured, and all that it measures; other programs and older agents leave it out. Where samples
 * are signed, the particulars have {@code signatures}, which stands for those of the samples in the message (see
 * {@link SignatureDigest}), and carry a signature of the same form: a message without samples could else be forged, and one with some of
 * its samples, or with those of another message, could be taken for the whole.
 */
final class SlotParticulars {
    /** The key in the payload. */
    static final String KEY = "slot";

    /** Of what stands under {@code agent}. Readers leave one alone that they do not know. */
    private static final int AGENT_VERSION = 1;

    private static final double MILLIS_PER_SECOND = 1e3;

    private SlotParticulars() {}

    /** @param signatures of the samples in this part, if they are signed */
    static Map<String, @Nullable Object> of(
            SlotMeasurements measurements, int part, int parts, List<String> signatures, EnvelopeOptions options) {
        Map<String, @Nullable Object> slot = new LinkedHashMap<>();
        slot.put("source", measurements.slot().source());
        slot.put("interval", measurements.slot().interval().toSeconds());
        slot.put("start", measurements.slot().start().toString());
        slot.put("host", measurements.member());
        slot.put("part", part);
        slot.put("parts", parts);
        MeasuringTime measured = measurements.measured();
        slot.put("measured", measured == null ? null : measured.at().toString());
        slot.put("metadata", metadata(measurements.metadata()));
        slot.put("shortfalls", part < parts ? List.of() : shortfalls(measurements.shortfalls()));
        Tenure tenure = measurements.tenure();
        if (tenure != null) {
            slot.put("owner", tenure.owner());
            slot.put("epoch", tenure.epoch());
        } else if (options.incarnation() != null) {
            slot.put("agent", agent(options.incarnation()));
        }
        Secret secret = options.secret();
        if (secret != null) {
            slot.put(SignatureDigest.FIELD, SignatureDigest.of(signatures));
            slot.put(
                    MessageSignature.FIELD,
                    MessageSignature.with(secret.reveal()).of(slot));
        }
        return slot;
    }

    private static Map<String, Object> agent(Incarnation run) {
        Map<String, Object> agent = new LinkedHashMap<>();
        agent.put("version", AGENT_VERSION);
        agent.put("incarnation", run.id());
        agent.put("began", run.began().toString());
        agent.put(
                "polls",
                run.polls().stream()
                        .sorted(Comparator.comparing(Incarnation.Polled::source)
                                .thenComparing(Incarnation.Polled::interval))
                        .map(SlotParticulars::polled)
                        .toList());
        return agent;
    }

    private static Map<String, Object> polled(Incarnation.Polled polled) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("source", polled.source());
        map.put("interval", polled.interval().toSeconds());
        return map;
    }

    private static @Nullable Map<String, @Nullable Object> metadata(@Nullable MetadataState state) {
        if (state == null) {
            return null;
        }
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("origin", state.origin());
        metadata.put("as_of", state.asOf() == null ? null : state.asOf().toString());
        metadata.put("age", seconds(state.age()));
        return metadata;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS_PER_SECOND;
    }

    private static List<Map<String, Object>> shortfalls(List<Shortfall> shortfalls) {
        return shortfalls.stream().map(SlotParticulars::shortfall).toList();
    }

    private static Map<String, Object> shortfall(Shortfall shortfall) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("reason", shortfall.reason());
        map.put("count", shortfall.count());
        map.put("detail", shortfall.detail());
        return map;
    }
}
