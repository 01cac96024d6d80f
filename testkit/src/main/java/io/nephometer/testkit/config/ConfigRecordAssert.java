// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.ConfigReader;
import io.nephometer.runtime.config.Loaded;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every configuration record must show in its test: its defaults, and that each of its keys can be set. A component
 * added later fails both until the test names it.
 *
 * @param type the record under test
 * @param required YAML with the keys that have no default; empty if all have one
 */
public record ConfigRecordAssert<R extends Record>(Class<R> type, String required) {
    private static final String SOURCE = "test";
    /** Before the first dot or bracket of a full key. */
    private static final Pattern FIRST_PART = Pattern.compile("^([^.\\[]+).*$");

    private static final ConfigReader READER = new ConfigReader("TEST", Map.of());

    public static <R extends Record> ConfigRecordAssert<R> of(Class<R> type) {
        return new ConfigRecordAssert<>(type, "");
    }

    /** Fails unless a file with nothing but the required keys gives this record. */
    public void hasDefaults(R expected) {
        assertThat(load(required).value()).isEqualTo(expected);
    }

    /** Fails unless the YAML sets each key, each to another value than its default, and gives this record. */
    public void bindsEveryKey(String yaml, R expected) {
        Loaded<R> loaded = load(yaml);
        assertThat(loaded.value()).isEqualTo(expected);
        TreeSet<String> unset = new TreeSet<>();
        loaded.origins()
                .keySet()
                .forEach(key -> unset.add(FIRST_PART.matcher(key).replaceFirst("$1")));
        loaded.origins().forEach((key, origin) -> {
            if (origin.source().equals(SOURCE)) {
                unset.remove(key);
            }
        });
        assertThat(unset).as("keys that the text does not set").isEmpty();
        assertThat(unchanged(loaded.value(), load(required).value()))
                .as("components set to their default, which shows nothing")
                .isEmpty();
    }

    private List<String> unchanged(R set, R defaults) {
        List<String> unchanged = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (Objects.equals(read(component, set), read(component, defaults))) {
                unchanged.add(component.getName());
            }
        }
        return unchanged;
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private Loaded<R> load(String yaml) {
        try {
            return READER.read(yaml, SOURCE, type);
        } catch (ConfigException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
