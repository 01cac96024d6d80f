// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Origin;
import io.nephometer.runtime.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * {@code clouds.yaml}, with {@code secure.yaml} laid over it, which holds what others may not read.
 *
 * @param secure null if there is none
 */
record CloudsFile(Path clouds, @Nullable Path secure) {
    /** One of its clouds. */
    CloudText cloud(String name) throws ConfigException {
        Map<?, ?> all = section(read(clouds), "clouds", clouds);
        if (!(all.get(name) instanceof Map<?, ?> cloud)) {
            String known = all.keySet().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
            throw wrong(clouds, 0, "clouds." + name, "there is no such cloud, only: " + known);
        }
        return new CloudText(clouds.toString(), name, merged(cloud, secrets(name)));
    }

    private Map<?, ?> secrets(String name) throws ConfigException {
        if (secure == null) {
            return Map.of();
        }
        Map<?, ?> all = section(read(secure), "clouds", secure);
        return all.get(name) instanceof Map<?, ?> cloud ? cloud : Map.of();
    }

    private static Map<?, ?> merged(Map<?, ?> below, Map<?, ?> above) {
        Map<Object, Object> merged = new LinkedHashMap<>(below);
        above.forEach((key, value) -> {
            Object covered = merged.get(key);
            merged.put(
                    key,
                    covered instanceof Map<?, ?> section && value instanceof Map<?, ?> more
                            ? merged(section, more)
                            : value);
        });
        return merged;
    }

    private static Map<?, ?> section(@Nullable Object root, String key, Path file) throws ConfigException {
        if (root instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> section) {
            return section;
        }
        throw wrong(file, 0, key, "expected a section with the clouds by their names");
    }

    private static @Nullable Object read(Path file) throws ConfigException {
        try {
            return yaml().load(Files.readString(file));
        } catch (IOException e) {
            throw wrong(file, 0, "", "cannot be read: " + e);
        } catch (MarkedYAMLException e) {
            // Its whole text shows lines of the file.
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw wrong(file, line, "", "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw wrong(file, 0, "", "not YAML");
        }
    }

    /** Takes values as they are written: an id or a password of digits is no number. */
    private static Yaml yaml() {
        LoaderOptions loading = new LoaderOptions();
        DumperOptions dumping = new DumperOptions();
        return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading, new AsWritten());
    }

    private static final class AsWritten extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }

    private static ConfigException wrong(Path file, int line, String key, String expected) {
        return new ConfigException(List.of(new Problem(new Origin(file.toString(), line), key, "", expected)));
    }
}
