// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.sources.polling.central.CentralPollster;
import io.nephometer.sources.polling.central.Discovered;
import io.nephometer.sources.polling.central.MeasuredValue;
import io.nephometer.sources.polling.central.ValueSink;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gauge that the listing of its resources tells.
 *
 * @param project name of the attribute that has the project; empty if nobody owns such a resource
 * @param user the same of the user
 */
record ListedPollster(
        Meter meter, String defaultDiscovery, Volume volume, String project, String user, Metadata metadata)
        implements CentralPollster {
    /** Finds the value of a resource; null if it has none. */
    @FunctionalInterface
    interface Volume {
        Long UNKNOWN = -1L;

        @Nullable Number of(Discovered resource, ValueSink to);

        /** The number that an attribute is; what is no number is told, and so is one that is missing. */
        static Volume attribute(String name) {
            return (resource, to) -> {
                Object value = resource.attributes().get(name);
                if (!(value instanceof Number)) {
                    to.tell("no_number", name + " is " + value);
                }
                return value instanceof Number number ? number : null;
            };
        }

        /** The same of an attribute that may rightly be missing. */
        static Volume optional(String name) {
            return (resource, to) -> resource.attributes().get(name) == null
                    ? null
                    : attribute(name).of(resource, to);
        }

        /** What a text means; an unknown one means -1 and is told. */
        static Volume status(String name, Map<String, Long> meanings) {
            return (resource, to) -> {
                String status = String.valueOf(resource.attributes().get(name));
                Long meaning = meanings.get(status.toLowerCase(Locale.ROOT));
                if (meaning == null) {
                    to.tell("unknown_status", name + " is " + status + ", which counts as -1");
                }
                return meaning == null ? UNKNOWN : meaning;
            };
        }
    }

    static Meter gauge(String name, String unit) {
        return new Meter(name, MeterType.GAUGE, unit);
    }

    @Override
    public String name() {
        return meter.name();
    }

    @Override
    public Kind kind() {
        return Kind.LISTED;
    }

    @Override
    public void poll(Discovered resource, ValueSink to) {
        Number value = volume.of(resource, to);
        if (value != null) {
            to.value(new MeasuredValue(
                    meter,
                    value,
                    resource.id(),
                    owner(resource, project),
                    owner(resource, user),
                    metadata.of(resource)));
        }
    }

    private static @Nullable String owner(Discovered resource, String attribute) {
        return resource.attributes().get(attribute) instanceof String text && !text.isEmpty() ? text : null;
    }
}
