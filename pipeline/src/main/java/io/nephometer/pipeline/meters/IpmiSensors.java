// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import io.nephometer.pipeline.decode.IsoTime;
import io.nephometer.pipeline.grammar.PlainNumber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The sensors of a bare-metal node, as Ironic's conductor reports them ({@code hardware.ipmi.*}): one gauge per sensor. In code
 * and not in a definition, because a reading is one text with number and unit, {@code 26 (+/- 0.500) degrees C}.
 */
final class IpmiSensors {
    private static final String EVENT_TYPES = "hardware.ipmi";

    /** Kinds of sensors in the notification, and their meters. */
    private static final Map<String, String> METERS = Map.of(
            "Temperature", "hardware.ipmi.temperature",
            "Voltage", "hardware.ipmi.voltage",
            "Current", "hardware.ipmi.current",
            "Fan", "hardware.ipmi.fan");

    private static final Map<String, String> UNITS = Map.of("Watts", "W", "Volts", "V");

    private IpmiSensors() {}

    static boolean areIn(String eventType) {
        return eventType.startsWith(EVENT_TYPES);
    }

    /**
     * A sample for each sensor with an id and a reading; a disabled or broken one gives none.
     *
     * @param ordinals the next ordinal of a meter
     * @throws io.nephometer.pipeline.grammar.FieldException if the time is none
     */
    static List<DerivedSample> of(NotificationView notification, ToIntFunction<String> ordinals) {
        List<DerivedSample> samples = new ArrayList<>();
        if (notification.tree().get("payload") instanceof Map<?, ?> payload
                && payload.get("payload") instanceof Map<?, ?> kinds
                && payload.get("node_uuid") instanceof String node) {
            Report report = new Report(notification, payload, node, ordinals);
            kinds.forEach((kind, sensors) -> {
                String meter = kind instanceof String name ? METERS.get(name) : null;
                if (meter != null && sensors instanceof Map<?, ?> map) {
                    samples.addAll(report.samples(meter, map));
                }
            });
        }
        return samples;
    }

    /** What one notification says of one node. */
    private record Report(
            NotificationView notification, Map<?, ?> payload, String node, ToIntFunction<String> ordinals) {

        List<DerivedSample> samples(String meter, Map<?, ?> sensors) {
            List<DerivedSample> samples = new ArrayList<>();
            for (Object sensor : sensors.values()) {
                if (sensor instanceof Map<?, ?> fields) {
                    sample(meter, fields).ifPresent(samples::add);
                }
            }
            return samples;
        }

        private Optional<DerivedSample> sample(String meter, Map<?, ?> sensor) {
            if (!(sensor.get("Sensor ID") instanceof String id)
                    || !(sensor.get("Sensor Reading") instanceof String text)) {
                return Optional.empty();
            }
            String reading = text.strip();
            String unit = reading.substring(reading.lastIndexOf(' ') + 1);
            int end = reading.indexOf(' ');
            Optional<Double> number = end < 0 ? Optional.empty() : PlainNumber.decimal(reading.substring(0, end));
            return number.filter(Double::isFinite)
                    .map(volume -> new DerivedSample(
                            meter,
                            "gauge",
                            UNITS.getOrDefault(unit, unit),
                            volume,
                            node + "-" + id.toLowerCase(Locale.ROOT).replace(' ', '_'),
                            null,
                            null,
                            timestamp(),
                            metadata(sensor),
                            ordinals.applyAsInt(meter)));
        }

        /** When the sensors were read; when that was sent, if the report does not say. */
        private IsoTime timestamp() {
            Object read = payload.get("timestamp");
            return read == null ? notification.timestamp() : NotificationView.time(read);
        }

        private Map<String, @Nullable Object> metadata(Map<?, ?> sensor) {
            Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
            sensor.forEach((key, value) -> metadata.put(String.valueOf(key), value));
            Object type = payload.get("event_type");
            metadata.put("event_type", type == null ? notification.tree().get("event_type") : type);
            metadata.put("host", notification.tree().get("publisher_id"));
            metadata.put("node", node);
            return Collections.unmodifiableMap(metadata);
        }
    }
}
