// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import io.nephometer.runtime.yaml.DefinitionProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dynamic pollsters of some files. Of two of one name the first that can be used counts.
 *
 * @param pollsters by name, in the order of the files
 * @param problems of all files; what has an error was left out
 */
public record DynamicDefinitions(List<DynamicPollsterDefinition> pollsters, List<DefinitionProblem> problems) {
    private static final List<String> SHIPPED =
            List.of("load-balancer.yaml", "dns.yaml", "share.yaml", "vpn.yaml", "firewall.yaml", "alarm.yaml");

    public DynamicDefinitions {
        pollsters = List.copyOf(pollsters);
        problems = List.copyOf(problems);
    }

    /** None. */
    public static DynamicDefinitions none() {
        return new DynamicDefinitions(List.of(), List.of());
    }

    /** Those that are part of this program: services that have no pollsters of their own here. */
    public static DynamicDefinitions shipped() {
        DynamicDefinitions shipped = joined(SHIPPED.stream()
                .map(file -> read(file, text(file), DefinitionOptions.DEFAULT))
                .toList());
        if (!shipped.problems.isEmpty()) {
            throw new IllegalStateException("a shipped definition is wrong: " + shipped.problems);
        }
        return shipped;
    }

    /** What they are read from: the same in each version in which they are. */
    public static String shippedText() {
        return SHIPPED.stream().map(DynamicDefinitions::text).collect(Collectors.joining("\n"));
    }

    private static String text(String file) {
        try (InputStream stream = DynamicDefinitions.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the text of one file.
     *
     * @param file its name, for messages
     */
    public static DynamicDefinitions read(String file, String text, DefinitionOptions options) {
        return new DefinitionFileReader(file, options).read(text);
    }

    /**
     * Reads all {@code *.yaml} of a directory, in the order of their names.
     *
     * @throws IOException if one cannot be read
     */
    public static DynamicDefinitions ofDirectory(Path directory, DefinitionOptions options) throws IOException {
        List<DynamicDefinitions> parts = new ArrayList<>();
        for (Path file : files(directory)) {
            parts.add(read(file.toString(), Files.readString(file), options));
        }
        return joined(parts);
    }

    /**
     * What {@link #ofDirectory} reads.
     *
     * @throws IOException if a file cannot be read
     */
    public static String textOfDirectory(Path directory) throws IOException {
        StringBuilder texts = new StringBuilder();
        for (Path file : files(directory)) {
            texts.append(Files.readString(file)).append('\n');
        }
        return texts.toString();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** All of several; of a name that comes again only the first. */
    public static DynamicDefinitions joined(List<DynamicDefinitions> parts) {
        Map<String, DynamicPollsterDefinition> pollsters = new LinkedHashMap<>();
        List<DefinitionProblem> problems = new ArrayList<>();
        for (DynamicDefinitions part : parts) {
            part.pollsters.forEach(pollster -> pollsters.putIfAbsent(pollster.name(), pollster));
            problems.addAll(part.problems);
        }
        return new DynamicDefinitions(List.copyOf(pollsters.values()), problems);
    }

    /** Those that an agent of one of these kinds runs. */
    public List<DynamicPollsterDefinition> of(Set<String> namespaces) {
        return pollsters.stream()
                .filter(pollster -> pollster.namespaces().stream().anyMatch(namespaces::contains))
                .toList();
    }
}
