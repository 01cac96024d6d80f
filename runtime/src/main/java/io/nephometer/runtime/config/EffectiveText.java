// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a record as YAML, each with its origin, secrets masked. */
final class EffectiveText {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Origin> origins;

    private EffectiveText(Map<String, Origin> origins) {
        this.origins = origins;
    }

    static String of(Record value, Map<String, Origin> origins) {
        EffectiveText effective = new EffectiveText(origins);
        effective.section(value, "", "");
        return effective.text.toString();
    }

    private void section(Record value, String indent, String path) {
        for (Setting setting : Setting.of(value.getClass())) {
            String key = path.isEmpty() ? setting.key() : path + "." + setting.key();
            text.append(indent).append(setting.key()).append(':');
            setting(setting.type(), read(setting, value), indent, key);
        }
    }

    private void setting(SettingType type, @Nullable Object value, String indent, String key) {
        switch (type) {
            case SettingType.Nested _
            when value instanceof Record nested -> {
                text.append('\n');
                section(nested, indent + "  ", key);
            }
            case SettingType.Many(SettingType element)
            when element instanceof SettingType.Nested && value instanceof List<?> items && !items.isEmpty() -> {
                text.append('\n');
                for (int i = 0; i < items.size(); i++) {
                    text.append(indent).append("  -\n");
                    section((Record) items.get(i), indent + "    ", key + "[" + i + "]");
                }
            }
            case SettingType.Keyed(SettingType element)
            when element instanceof SettingType.Nested && value instanceof Map<?, ?> entries && !entries.isEmpty() -> {
                text.append('\n');
                entries.forEach((name, item) -> {
                    text.append(indent)
                            .append("  ")
                            .append(YamlText.quoted(name.toString()))
                            .append(":\n");
                    section((Record) item, indent + "    ", key + "." + name);
                });
            }
            default ->
                text.append(' ')
                        .append(YamlText.of(type, value))
                        .append(origin(key))
                        .append('\n');
        }
    }

    private String origin(String key) {
        Origin origin = origins.get(key);
        return origin == null ? "" : "  # " + origin;
    }

    private static @Nullable Object read(Setting setting, Record value) {
        try {
            setting.component().getAccessor().setAccessible(true);
            return setting.component().getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + setting.key(), e);
        }
    }
}
