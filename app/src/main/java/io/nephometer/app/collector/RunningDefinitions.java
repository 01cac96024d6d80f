// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.definitions.DefinitionsException;
import io.nephometer.pipeline.grammar.DefinitionProblem;
import io.nephometer.runtime.Health;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions in force. When files of the directory change they are read anew; if anything is wrong with them, every
 * problem is logged and the old ones stay. Thread-safe; {@link #refresh} is called by one thread.
 */
public final class RunningDefinitions implements Supplier<Definitions> {
    private static final Logger LOG = LoggerFactory.getLogger(RunningDefinitions.class);

    private final @Nullable Path directory;
    private final DefinitionOptions options;
    private volatile Definitions current;
    private volatile List<DefinitionProblem> refused = List.of();
    private Map<Path, FileTime> seen;

    private RunningDefinitions(@Nullable Path directory, DefinitionOptions options, Definitions first) {
        this.directory = directory;
        this.options = options;
        this.current = first;
        this.seen = directory == null ? Map.of() : times(directory);
    }

    /**
     * Loads them for the first time.
     *
     * @param directory null for those that are part of the program
     * @throws DefinitionsException if anything is wrong with them, a single faulty meter included
     */
    public static RunningDefinitions load(@Nullable Path directory, DefinitionOptions options)
            throws DefinitionsException {
        Definitions first =
                directory == null ? Definitions.shipped(options) : Definitions.loadFaultless(directory, options);
        return new RunningDefinitions(directory, options, first);
    }

    @Override
    public Definitions get() {
        return current;
    }

    /** Reads the directory anew if a file in it was added, removed or written since the last look. */
    public void refresh() {
        if (directory == null) {
            return;
        }
        Map<Path, FileTime> now = times(directory);
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            current = Definitions.loadFaultless(directory, options);
            refused = List.of();
            LOG.info("Definitions in {} changed and are in force", directory);
        } catch (DefinitionsException e) {
            refused = e.problems();
            refused.forEach(problem -> LOG.error("{}", problem.text()));
            LOG.error(
                    "Definitions in {} changed and have {} problem(s); the old ones stay in force",
                    directory,
                    refused.size());
        }
    }

    /** Degraded while files are there that cannot be used. */
    public Health health() {
        List<DefinitionProblem> problems = refused;
        return problems.isEmpty()
                ? new Health.Up(directory == null ? "shipped definitions" : directory.toString())
                : new Health.Degraded(
                        "the files have " + problems.size() + " problem(s), old definitions are in force; first: "
                                + problems.getFirst().text());
    }

    private static Map<Path, FileTime> times(Path directory) {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory, 2)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Cannot look through {}: {}", directory, e.toString());
        }
        return times;
    }
}
