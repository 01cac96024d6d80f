// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes records of {@link ConfigNode}s, collecting everything that does not fit. Not thread-safe. */
final class Binder {
    /** Stands for a value that could not be made; its problem is in the list. */
    private enum Unfit {
        UNFIT
    }

    private static final String FILE_PREFIX = "file:";

    private final List<Problem> problems;
    private final Map<String, Origin> origins = new LinkedHashMap<>();

    Binder(List<Problem> problems) {
        this.problems = problems;
    }

    /** Where each value that was made came from, by its full key. */
    Map<String, Origin> origins() {
        return origins;
    }

    /** A record of the section, or null if something is wrong with it. */
    <R extends Record> @Nullable R bind(Class<R> type, ConfigNode.Keys section) {
        Object bound = section(type, section, "");
        return bound instanceof Unfit ? null : type.cast(bound);
    }

    private Object section(Class<? extends Record> type, ConfigNode.Keys section, String path) {
        List<Setting> settings = Setting.of(type);
        refuseUnknown(settings, section, path);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Setting setting : settings) {
            values.put(setting.component().getName(), setting(setting, section, path));
        }
        return values.containsValue(Unfit.UNFIT) ? Unfit.UNFIT : construct(type, values, section, path);
    }

    private void refuseUnknown(List<Setting> settings, ConfigNode.Keys section, String path) {
        List<String> keys = settings.stream().map(Setting::key).toList();
        section.entries().forEach((key, node) -> {
            if (!keys.contains(key)) {
                String nearest = NearestKey.of(key, keys);
                String advice = nearest == null
                        ? "there is no such key; known here: " + String.join(", ", keys)
                        : "there is no such key; did you mean " + nearest + "?";
                problem(node.origin(), join(path, key), "", advice);
            }
        });
    }

    private @Nullable Object setting(Setting setting, ConfigNode.Keys section, String path) {
        String key = join(path, setting.key());
        ConfigNode node = section.entries().get(setting.key());
        if (node == null || (isEmpty(node) && !(setting.type() instanceof SettingType.One))) {
            return absent(setting, node == null ? section.origin() : node.origin(), key);
        }
        if (isEmpty(node) && setting.nullable()) {
            origins.put(key, node.origin());
            return null;
        }
        Object value = value(setting.type(), node, key);
        return value instanceof Unfit || withinBounds(setting, value) ? value : outOfBounds(setting, node, key);
    }

    private @Nullable Object absent(Setting setting, Origin where, String key) {
        if (setting.type() instanceof SettingType.Nested(Class<? extends Record> nested) && !setting.nullable()) {
            return section(nested, ConfigNode.Keys.empty(where), key);
        }
        String text = setting.defaultText();
        if (text != null) {
            ConfigNode node = YamlTree.read(text, Origin.DEFAULT.source(), name -> null, problems);
            Object value = value(setting.type(), Objects.requireNonNull(node, "default of " + key), key);
            origins.put(key, Origin.DEFAULT);
            return value;
        }
        if (setting.nullable()) {
            origins.put(key, Origin.DEFAULT);
            return null;
        }
        return problem(where, key, "", "this key is required: " + expected(setting.type()));
    }

    private Object value(SettingType type, ConfigNode node, String key) {
        origins.put(key, node.origin());
        return switch (type) {
            case SettingType.One(ScalarType scalar)
            when node instanceof ConfigNode.Scalar(String text, Origin at) ->
                text == null ? problem(at, key, "", "expected " + scalar.expected()) : single(scalar, text, at, key);
            case SettingType.Nested(Class<? extends Record> nested)
            when node instanceof ConfigNode.Keys keys -> section(nested, keys, key);
            case SettingType.Nested(Class<? extends Record> nested)
            when isEmpty(node) -> section(nested, ConfigNode.Keys.empty(node.origin()), key);
            case SettingType.Many(SettingType element)
            when node instanceof ConfigNode.Items items -> many(element, items, key);
            case SettingType.Keyed(SettingType element)
            when node instanceof ConfigNode.Keys keys -> keyed(element, keys, key);
            case SettingType.One _, SettingType.Nested _, SettingType.Many _, SettingType.Keyed _ ->
                mismatch(type, node, key);
        };
    }

    private Object mismatch(SettingType type, ConfigNode node, String key) {
        return problem(node.origin(), key, "", "expected " + expected(type) + ", found " + node.kind());
    }

    private Object single(ScalarType scalar, String text, Origin origin, String key) {
        try {
            Object value = scalar.parse().apply(text);
            return value instanceof Secret secret ? secret(secret, origin, key) : value;
        } catch (IllegalArgumentException e) {
            return problem(origin, key, scalar.masked(text), "expected " + scalar.expected());
        }
    }

    private Object secret(Secret written, Origin origin, String key) {
        if (!written.reveal().startsWith(FILE_PREFIX)) {
            return written;
        }
        String file = written.reveal().substring(FILE_PREFIX.length());
        try {
            return new Secret(Files.readString(Path.of(file)).replaceFirst("\\R\\z", ""));
        } catch (IOException | InvalidPathException e) {
            return problem(origin, key, FILE_PREFIX + file, "the file of a secret must be readable (" + e + ")");
        }
    }

    private Object many(SettingType element, ConfigNode.Items items, String key) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            values.add(value(element, items.items().get(i), key + "[" + i + "]"));
        }
        return values.contains(Unfit.UNFIT) ? Unfit.UNFIT : List.copyOf(values);
    }

    private Object keyed(SettingType element, ConfigNode.Keys keys, String key) {
        Map<String, Object> values = new LinkedHashMap<>();
        keys.entries().forEach((name, node) -> values.put(name, value(element, node, join(key, name))));
        return values.containsValue(Unfit.UNFIT) ? Unfit.UNFIT : Collections.unmodifiableMap(values);
    }

    private static boolean withinBounds(Setting setting, Object value) {
        Between between = setting.between();
        return between == null
                || !(setting.type() instanceof SettingType.One(ScalarType type))
                || (compare(type, between.min(), value) <= 0 && compare(type, between.max(), value) >= 0);
    }

    /** Zero for no bound. */
    @SuppressWarnings("unchecked") // a bound is parsed by the type of the value that it is compared with
    private static int compare(ScalarType type, String bound, Object value) {
        return bound.isEmpty() ? 0 : ((Comparable<Object>) type.parse().apply(bound)).compareTo(value);
    }

    private Object outOfBounds(Setting setting, ConfigNode node, String key) {
        String expected = "expected " + expected(setting.type()) + ", " + setting.bounds();
        return problem(node.origin(), key, written(setting.type(), node), expected);
    }

    private static String written(SettingType type, ConfigNode node) {
        return type instanceof SettingType.One(ScalarType scalar)
                        && node instanceof ConfigNode.Scalar(String text, Origin _)
                        && text != null
                ? scalar.masked(text)
                : "";
    }

    private Object construct(
            Class<? extends Record> type, Map<String, @Nullable Object> values, ConfigNode.Keys section, String path) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(values.values().toArray());
        } catch (InvocationTargetException e) {
            return refused(type, e.getCause(), section, path);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type.getName(), e);
        }
    }

    private Object refused(
            Class<? extends Record> type, @Nullable Throwable cause, ConfigNode.Keys section, String path) {
        if (cause instanceof InvalidSetting invalid) {
            String key = Setting.key(invalid.component());
            Written at = written(type, section, List.of(key.split("\\.")));
            return problem(at.origin(), join(path, key), at.value(), String.valueOf(invalid.getMessage()));
        }
        if (cause instanceof IllegalArgumentException illegal) {
            return problem(section.origin(), path, "", String.valueOf(illegal.getMessage()));
        }
        throw new IllegalStateException("the check of " + path + " failed", cause);
    }

    /** What the file has of a key; the section that is nearest if it has nothing of it. */
    private record Written(Origin origin, String value) {}

    private static Written written(Class<? extends Record> type, ConfigNode.Keys section, List<String> keys) {
        ConfigNode node = section.entries().get(keys.getFirst());
        SettingType found = Setting.of(type).stream()
                .filter(setting -> setting.key().equals(keys.getFirst()))
                .map(Setting::type)
                .findFirst()
                .orElse(null);
        if (node == null || found == null) {
            return new Written(section.origin(), "");
        }
        if (keys.size() > 1
                && node instanceof ConfigNode.Keys inner
                && found instanceof SettingType.Nested(Class<? extends Record> nested)) {
            return written(nested, inner, keys.subList(1, keys.size()));
        }
        return new Written(node.origin(), keys.size() > 1 ? "" : written(found, node));
    }

    private static boolean isEmpty(ConfigNode node) {
        return node instanceof ConfigNode.Scalar scalar && scalar.text() == null;
    }

    private static String expected(SettingType type) {
        return switch (type) {
            case SettingType.One(ScalarType scalar) -> scalar.expected();
            case SettingType.Nested(Class<? extends Record> nested) ->
                Setting.of(nested).stream().map(Setting::key).collect(Collectors.joining(", ", "a section with ", ""));
            case SettingType.Many(SettingType element) -> "a list, each item " + expected(element);
            case SettingType.Keyed(SettingType element) -> "a map, each value " + expected(element);
        };
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Object problem(Origin origin, String key, String value, String expected) {
        problems.add(new Problem(origin, key, value, expected));
        return Unfit.UNFIT;
    }
}
