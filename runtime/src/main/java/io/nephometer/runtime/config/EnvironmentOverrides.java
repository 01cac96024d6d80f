// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Variables of the environment that stand above the file: {@code NEPHOMETER_STORE_URL} for {@code store.url}. Lists may be
 * written with commas; anything that begins with a bracket or brace is read as YAML.
 */
final class EnvironmentOverrides {
    private final String prefix;
    private final Map<String, String> environment;
    private final List<Problem> problems;
    private final Set<String> used = new TreeSet<>();

    EnvironmentOverrides(String prefix, Map<String, String> environment, List<Problem> problems) {
        this.prefix = prefix;
        this.environment = environment;
        this.problems = problems;
    }

    /** The tree with the variables put in. */
    ConfigNode.Keys apply(Class<? extends Record> type, ConfigNode.Keys root) {
        return section(type, root, prefix);
    }

    /** Variables with our prefix that name no setting. */
    Set<String> unused() {
        Set<String> unused = new TreeSet<>(environment.keySet());
        unused.removeIf(name -> !name.startsWith(prefix + "_") || used.contains(name));
        return unused;
    }

    /** The variable of a setting. */
    static String variable(String path, String key) {
        return path + "_" + key.toUpperCase(Locale.ROOT);
    }

    private ConfigNode.Keys section(Class<? extends Record> type, ConfigNode.Keys section, String path) {
        ConfigNode.Keys changed = section;
        for (Setting setting : Setting.of(type)) {
            String variable = variable(path, setting.key());
            String text = environment.get(variable);
            if (text != null && !(setting.type() instanceof SettingType.Nested)) {
                used.add(variable);
                changed = changed.with(setting.key(), node(setting.type(), text, variable));
            }
            if (setting.type() instanceof SettingType.Nested(Class<? extends Record> nested)) {
                changed = nested(nested, changed, setting.key(), variable);
            }
        }
        return changed;
    }

    private ConfigNode.Keys nested(
            Class<? extends Record> nested, ConfigNode.Keys section, String key, String variable) {
        ConfigNode present = section.entries().get(key);
        if (present != null && !(present instanceof ConfigNode.Keys)) {
            return section;
        }
        ConfigNode.Keys before =
                present instanceof ConfigNode.Keys keys ? keys : ConfigNode.Keys.empty(Origin.environment(variable));
        ConfigNode.Keys after = section(nested, before, variable);
        return after.equals(before) ? section : section.with(key, after);
    }

    private ConfigNode node(SettingType type, String text, String variable) {
        Origin origin = Origin.environment(variable);
        return switch (type) {
            case SettingType.One _ -> new ConfigNode.Scalar(text, origin);
            case SettingType.Many _ -> yaml(text.startsWith("[") ? text : "[" + text + "]", origin);
            case SettingType.Keyed _, SettingType.Nested _ -> yaml(text, origin);
        };
    }

    private ConfigNode yaml(String text, Origin origin) {
        ConfigNode node = YamlTree.read(text, origin.source(), environment::get, problems);
        return node == null ? new ConfigNode.Scalar(null, origin) : node;
    }
}
