// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.polled;

import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Pending;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Samples without metadata, as our own agents send them in place of Ceilometer's {@code samples} if they are told to:
 *
 * <pre>{@code
 * "bare": {"format": 1,
 *          "meters": [["cpu", "cumulative", "ns"], …],
 *          "sets": [[0, 3, 4], …],                                   places in meters
 *          "instances": [{"id": "…", "project": "…", "user": "…", "told": {…},
 *                         "of": [["@", {}, 0, [120, 4, 0.5]],        set 0, of the instance itself
 *                                ["@-vda", {"disk_name": "vda"}, 1, [4096]], @ for its id
 *                                [":nova-base", {…}, 2, [77]]]}]}    of another resource
 * }</pre>
 *
 * The time of each is the start of the slot, its id that of slot, meter and resource.
 */
final class BareSamples {
    /** The key in the payload. */
    static final String KEY = "bare";

    private static final long FORMAT = 1;

    private final Slot slot;
    private final List<Meter> meters;
    private final List<List<Meter>> sets;

    private BareSamples(Map<?, ?> bare, Slot slot) throws BadPolledSampleException {
        this.slot = slot;
        if (!Long.valueOf(FORMAT).equals(bare.get("format"))) {
            throw wrong("format", "1, the only one that this program knows", bare.get("format"));
        }
        meters = meters(list("meters", bare.get("meters")));
        sets = sets(list("sets", bare.get("sets")));
    }

    static List<Pending> read(@Nullable Object value, Slot slot) throws BadPolledSampleException {
        if (!(value instanceof Map<?, ?> bare)) {
            throw new BadPolledSampleException("bare is not a map but " + PolledSamples.shown(value));
        }
        BareSamples reader = new BareSamples(bare, slot);
        List<Pending> pending = new ArrayList<>();
        for (Object instance : list("instances", bare.get("instances"))) {
            reader.instance(map("instances", instance), pending);
        }
        return pending;
    }

    private static List<Meter> meters(List<?> entries) throws BadPolledSampleException {
        List<Meter> meters = new ArrayList<>();
        for (Object entry : entries) {
            List<?> parts = list("meters", entry);
            if (parts.size() != 3) {
                throw wrong("meters", "lists of name, type and unit", entry);
            }
            MeterType type = MeterType.ofWireName(text("meters", parts.get(1)))
                    .orElseThrow(() -> wrong("meters", "of type gauge, delta or cumulative", entry));
            meters.add(new Meter(text("meters", parts.get(0)), type, text("meters", parts.get(2))));
        }
        return meters;
    }

    private List<List<Meter>> sets(List<?> entries) throws BadPolledSampleException {
        List<List<Meter>> found = new ArrayList<>();
        for (Object entry : entries) {
            List<Meter> set = new ArrayList<>();
            for (Object place : list("sets", entry)) {
                set.add(at(meters, "sets", place));
            }
            found.add(set);
        }
        return found;
    }

    private void instance(Map<?, ?> instance, List<Pending> pending) throws BadPolledSampleException {
        String id = text("instances.id", instance.get("id"));
        if (id.isBlank()) {
            throw wrong("instances.id", "the id of an instance", id);
        }
        Map<String, @Nullable Object> told = plain("instances.told", instance.get("told"));
        Object project = instance.get("project");
        Object user = instance.get("user");
        for (Object entry : list("instances.of", instance.get("of"))) {
            List<?> series = list("instances.of", entry);
            if (series.size() != 4) {
                throw wrong("instances.of", "lists of resource, extras, set and values", entry);
            }
            String resource = resource(id, text("instances.of", series.get(0)));
            Map<String, @Nullable Object> extras = plain("instances.of", series.get(1));
            List<Sample> samples = new ArrayList<>();
            List<Meter> set = at(sets, "instances.of", series.get(2));
            List<?> values = list("instances.of", series.get(3));
            if (values.size() != set.size()) {
                throw wrong("instances.of", "as many values as its set has meters", entry);
            }
            for (int i = 0; i < set.size(); i++) {
                samples.add(new Sample(
                        new Sample.Origin.Slotted(slot),
                        set.get(i),
                        number(values.get(i)),
                        resource,
                        project == null ? null : text("instances.project", project),
                        user == null ? null : text("instances.user", user),
                        slot.start(),
                        extras));
            }
            pending.add(new Pending(id, told, extras, samples));
        }
    }

    /** {@code @} stands for the instance's own id; what begins with a colon is meant literally. */
    private static String resource(String instance, String written) throws BadPolledSampleException {
        if (written.startsWith(":") && written.length() > 1) {
            return written.substring(1);
        }
        if (written.indexOf('@') >= 0) {
            return written.replace("@", instance);
        }
        throw wrong("instances.of", "a resource that has @ in it or begins with a colon", written);
    }

    private static Number number(@Nullable Object value) throws BadPolledSampleException {
        if (value instanceof Long || (value instanceof Double number && Double.isFinite(number))) {
            return (Number) value;
        }
        throw wrong("instances.of", "of finite numbers", value);
    }

    private static <T> T at(List<T> list, String key, @Nullable Object place) throws BadPolledSampleException {
        if (place instanceof Long index && index >= 0 && index < list.size()) {
            return list.get(index.intValue());
        }
        throw wrong(key, "a place in the list that it points to", place);
    }

    private static String text(String key, @Nullable Object value) throws BadPolledSampleException {
        if (value instanceof String text) {
            return text;
        }
        throw wrong(key, "a text", value);
    }

    private static List<?> list(String key, @Nullable Object value) throws BadPolledSampleException {
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(key, "a list", value);
    }

    private static Map<?, ?> map(String key, @Nullable Object value) throws BadPolledSampleException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wrong(key, "a map", value);
    }

    private static Map<String, @Nullable Object> plain(String key, @Nullable Object value)
            throws BadPolledSampleException {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map(key, value).forEach((name, element) -> plain.put(String.valueOf(name), element));
        return plain;
    }

    private static BadPolledSampleException wrong(String key, String expected, @Nullable Object found) {
        return new BadPolledSampleException(
                "bare." + key + " is not " + expected + " but " + PolledSamples.shown(found));
    }
}
