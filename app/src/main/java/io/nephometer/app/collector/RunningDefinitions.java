// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.definitions.DefinitionsException;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.yaml.DefinitionProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions in force. When files of the directories change they are read anew; if anything is wrong with them, every
 * problem is logged and the old ones stay. Thread-safe; {@link #refresh} is called by one thread.
 */
public final class RunningDefinitions implements Supplier<Definitions> {
    private static final Logger LOG = LoggerFactory.getLogger(RunningDefinitions.class);

    private final @Nullable Path directory;
    private final @Nullable Path additions;
    private final DefinitionOptions options;
    private volatile Definitions current;
    private volatile List<DefinitionProblem> refused = List.of();
    private Map<Path, FileTime> seen;

    private RunningDefinitions(@Nullable Path directory, @Nullable Path additions, DefinitionOptions options)
            throws DefinitionsException {
        this.directory = directory;
        this.additions = additions;
        this.options = options;
        // Before they are read: what is written meanwhile is seen as a change.
        this.seen = times();
        this.current = Definitions.loadFaultless(directory, additions, options);
    }

    /**
     * Loads them for the first time.
     *
     * @param directory null for those that are part of the program
     * @param additions a directory whose definitions come before those; null for none
     * @throws DefinitionsException if anything is wrong with them, a single faulty meter included
     */
    public static RunningDefinitions load(@Nullable Path directory, @Nullable Path additions, DefinitionOptions options)
            throws DefinitionsException {
        return new RunningDefinitions(directory, additions, options);
    }

    @Override
    public Definitions get() {
        return current;
    }

    /** Reads the directories anew if a file in them was added, removed or written since the last look. */
    public void refresh() {
        Map<Path, FileTime> now = times();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            current = Definitions.loadFaultless(directory, additions, options);
            refused = List.of();
            LOG.info("{} changed and are in force", name());
        } catch (DefinitionsException e) {
            refused = e.problems();
            refused.forEach(problem -> LOG.error("{}", problem.text()));
            LOG.error("{} changed and have {} problem(s); the old ones stay in force", name(), refused.size());
        }
    }

    /** Degraded while files are there that cannot be used. */
    public Health health() {
        List<DefinitionProblem> problems = refused;
        return problems.isEmpty()
                ? new Health.Up(name())
                : new Health.Degraded(
                        "the files have " + problems.size() + " problem(s), old definitions are in force; first: "
                                + problems.getFirst().text());
    }

    private String name() {
        String base = directory == null ? "shipped definitions" : "definitions in " + directory;
        return additions == null ? base : base + " with additions in " + additions;
    }

    private Map<Path, FileTime> times() {
        Map<Path, FileTime> times = new TreeMap<>();
        Stream.of(directory, additions).filter(Objects::nonNull).forEach(folder -> addTimes(folder, times));
        return times;
    }

    private static void addTimes(Path directory, Map<Path, FileTime> times) {
        try (Stream<Path> files = Files.walk(directory, 2)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Cannot look through {}: {}", directory, e.toString());
        }
    }
}
