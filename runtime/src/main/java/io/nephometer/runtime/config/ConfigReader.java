// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a configuration: the file, then the variables of the environment above it, then the defaults below it.
 *
 * @param prefix how the names of variables begin that stand above the file, such as {@code NEPHOMETER}
 * @param environment the variables
 */
public record ConfigReader(String prefix, Map<String, String> environment) {
    public ConfigReader {
        environment = Map.copyOf(environment);
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException with all problems that were found
     */
    public <R extends Record> Loaded<R> read(Path file, Class<R> type) throws ConfigException {
        return read(text(file), file.toString(), type);
    }

    /**
     * Reads those sections of a file that {@code part} has. The other ones of {@code whole} are another program's: they are passed
     * over, and the variables and secrets that they name need not be there.
     *
     * @throws ConfigException with all problems that were found
     */
    public <R extends Record> Loaded<R> readPart(Path file, Class<R> part, Class<? extends Record> whole)
            throws ConfigException {
        Set<String> others = keys(whole);
        others.removeAll(keys(part));
        return read(text(file), file.toString(), part, others);
    }

    private static Set<String> keys(Class<? extends Record> type) {
        Set<String> keys = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            keys.add(Setting.key(component.getName()));
        }
        return keys;
    }

    private static String text(Path file) throws ConfigException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(List.of(new Problem(new Origin(file.toString(), 0), "", "", reason(e))));
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "the file must be readable for the user of this process";
            case CharacterCodingException _ -> "the file must be UTF-8";
            default -> "cannot be read: " + failure;
        };
    }

    /**
     * Reads a text.
     *
     * @param source the name of the text in problems
     * @throws ConfigException with all problems that were found
     */
    public <R extends Record> Loaded<R> read(String text, String source, Class<R> type) throws ConfigException {
        return read(text, source, type, Set.of());
    }

    private <R extends Record> Loaded<R> read(String text, String source, Class<R> type, Set<String> passedOver)
            throws ConfigException {
        List<Problem> problems = new ArrayList<>();
        ConfigNode tree = YamlTree.read(text, source, environment::get, problems, passedOver);
        ConfigNode.Keys root =
                switch (tree) {
                    case null -> throw new ConfigException(problems);
                    case ConfigNode.Keys keys -> keys;
                    case ConfigNode.Scalar scalar when scalar.text() == null -> ConfigNode.Keys.empty(scalar.origin());
                    case ConfigNode.Scalar _, ConfigNode.Items _ ->
                        throw new ConfigException(List.of(new Problem(
                                tree.origin(), "", "", "expected a section of keys at the top, found " + tree.kind())));
                };
        EnvironmentOverrides overrides = new EnvironmentOverrides(prefix, environment, problems);
        Binder binder = new Binder(problems);
        R value = binder.bind(type, overrides.apply(type, root));
        if (value == null || !problems.isEmpty()) {
            problems.sort(Comparator.comparing((Problem p) -> p.origin().source())
                    .thenComparingInt(p -> p.origin().line()));
            throw new ConfigException(problems);
        }
        return new Loaded<>(value, binder.origins(), warnings(overrides));
    }

    private static List<Problem> warnings(EnvironmentOverrides overrides) {
        return overrides.unused().stream()
                .map(name ->
                        new Problem(Origin.environment(name), "", "", "this variable names no setting and is ignored"))
                .toList();
    }
}
