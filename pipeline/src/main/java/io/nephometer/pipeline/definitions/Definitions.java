// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import io.nephometer.model.UserMetadataRule;
import io.nephometer.pipeline.events.EventConverter;
import io.nephometer.pipeline.events.EventDefinition;
import io.nephometer.pipeline.events.EventDefinitionsReader;
import io.nephometer.pipeline.meters.MeterDefinitionsReader;
import io.nephometer.pipeline.meters.SampleDeriver;
import io.nephometer.runtime.yaml.DefinitionProblem;
import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.ProblemList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What notifications mean: the event definitions and the meter definitions, loaded together. Immutable and thread-safe. */
public final class Definitions {
    private final EventConverter events;
    private final SampleDeriver meters;
    private final List<DefinitionProblem> problems;

    private Definitions(EventConverter events, SampleDeriver meters, List<DefinitionProblem> problems) {
        this.events = events;
        this.meters = meters;
        this.problems = List.copyOf(problems);
    }

    /**
     * Loads {@code event_definitions.yaml} and {@code meters.d/*.yaml} of a directory; what it lacks is empty, but it must have
     * one of them.
     *
     * @throws DefinitionsException if something is wrong that leaves nothing to load; it has all problems
     */
    public static Definitions load(Path directory, DefinitionOptions options) throws DefinitionsException {
        return of(List.of(in(directory)), options);
    }

    /**
     * Loads what a configuration names.
     *
     * @param directory as in {@link #load(Path, DefinitionOptions)}; null for the definitions that come with the program
     * @param additions a directory of the same kind whose definitions come before those: its event definitions win over them,
     *     a meter of it replaces theirs of the same name; null for none
     * @throws DefinitionsException if something is wrong that leaves nothing to load; it has all problems
     */
    public static Definitions load(@Nullable Path directory, @Nullable Path additions, DefinitionOptions options)
            throws DefinitionsException {
        List<DefinitionFiles> layers = new ArrayList<>();
        if (additions != null) {
            layers.add(in(additions));
        }
        layers.add(directory == null ? ShippedFiles.read() : in(directory));
        return of(layers, options);
    }

    private static DefinitionFiles in(Path directory) throws DefinitionsException {
        ProblemList reading = new ProblemList(directory.toString());
        DefinitionFiles files = DefinitionFiles.in(directory, reading);
        if (reading.count(Severity.ERROR) > 0) {
            throw new DefinitionsException(reading.all());
        }
        return files;
    }

    /**
     * As {@link #load}, but a meter definition that would be left out keeps the others from loading too: a running process rather
     * keeps what it has, and a check says what is wrong.
     *
     * @throws DefinitionsException if any definition is faulty; it has all problems
     */
    public static Definitions loadFaultless(Path directory, DefinitionOptions options) throws DefinitionsException {
        return loadFaultless(directory, null, options);
    }

    /**
     * The same of what a configuration names.
     *
     * @param directory as in {@link #load(Path, Path, DefinitionOptions)}
     * @param additions as there
     * @throws DefinitionsException if any definition is faulty; it has all problems
     */
    public static Definitions loadFaultless(
            @Nullable Path directory, @Nullable Path additions, DefinitionOptions options) throws DefinitionsException {
        Definitions loaded = load(directory, additions, options);
        if (loaded.problems.stream().anyMatch(problem -> problem.severity() == Severity.SKIPPED)) {
            throw new DefinitionsException(loaded.problems);
        }
        return loaded;
    }

    /** The definitions that come with the program. */
    public static Definitions shipped(DefinitionOptions options) {
        try {
            return of(List.of(ShippedFiles.read()), options);
        } catch (DefinitionsException e) {
            throw new IllegalStateException("the shipped definitions are faulty", e);
        }
    }

    /**
     * Loads texts.
     *
     * @param events null for none
     * @param meters in this order: of several definitions with one name, that of the first text counts
     * @throws DefinitionsException if something is wrong that leaves nothing to load; it has all problems
     */
    public static Definitions of(
            @Nullable DefinitionText events, List<DefinitionText> meters, DefinitionOptions options)
            throws DefinitionsException {
        return of(List.of(new DefinitionFiles(events, meters)), options);
    }

    /** @param layers what comes first counts */
    private static Definitions of(List<DefinitionFiles> layers, DefinitionOptions options) throws DefinitionsException {
        List<DefinitionProblem> problems = new ArrayList<>();
        List<EventDefinition> ranked = new ArrayList<>();
        MeterDefinitionsReader reader = new MeterDefinitionsReader();
        for (DefinitionFiles files : layers) {
            DefinitionText events = files.events();
            if (events != null) {
                ProblemList found = new ProblemList(events.name());
                ranked.addAll(EventDefinitionsReader.read(events.text(), found));
                problems.addAll(found.all());
            }
            for (DefinitionText text : files.meters()) {
                ProblemList found = new ProblemList(text.name());
                reader.add(text.text(), found);
                problems.addAll(found.all());
            }
        }
        if (!options.dropUnmatchedNotifications()) {
            ranked.add(EventDefinitionsReader.catchAll());
        }
        if (problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)) {
            throw new DefinitionsException(problems);
        }
        return new Definitions(
                new EventConverter(ranked, options.storeRaw()),
                new SampleDeriver(reader.definitions(), rule(options)),
                problems);
    }

    private static UserMetadataRule rule(DefinitionOptions options) {
        return new UserMetadataRule(
                options.reservedMetadataNamespaces(), options.reservedMetadataKeys(), options.reservedMetadataLength());
    }

    /** Makes events. */
    public EventConverter events() {
        return events;
    }

    /** Makes samples. */
    public SampleDeriver meters() {
        return meters;
    }

    /**
     * What is wrong although the definitions were loaded: faulty meter definitions that were left out
     * ({@link Severity#SKIPPED}), and warnings.
     */
    public List<DefinitionProblem> problems() {
        return problems;
    }
}
