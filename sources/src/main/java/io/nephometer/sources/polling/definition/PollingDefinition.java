// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.definition;

import io.nephometer.runtime.config.NearestKey;
import io.nephometer.runtime.yaml.DefinitionProblem;
import io.nephometer.runtime.yaml.ProblemList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A {@code polling.yaml} that can be used.
 *
 * @param file as the user named it
 * @param sources in the order of the file
 * @param warnings what is odd in it, and does no harm
 */
public record PollingDefinition(String file, List<PollingSource> sources, List<DefinitionProblem> warnings) {
    private static final String SHIPPED = "polling.yaml";
    private static final String CENTRAL = "central-polling.yaml";

    public PollingDefinition {
        sources = List.copyOf(sources);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the text of a {@code polling.yaml}.
     *
     * @param file its name, for messages
     * @throws PollingDefinitionException with everything that is wrong with it
     */
    public static PollingDefinition read(String file, String text) throws PollingDefinitionException {
        return new PollingDefinitionReader(file).read(text);
    }

    /** What compute agents use if there is no other. */
    public static PollingDefinition shipped() {
        return shipped(SHIPPED);
    }

    /** What central agents use if there is no other. */
    public static PollingDefinition shippedCentral() {
        return shipped(CENTRAL);
    }

    private static PollingDefinition shipped(String name) {
        try (InputStream stream = PollingDefinition.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("there is no shipped " + name);
            }
            return read(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (PollingDefinitionException e) {
            throw new IllegalStateException("the shipped " + name + " is wrong", e);
        }
    }

    /** The sources by interval, shortest first: those of one interval are measured together. */
    public Map<Duration, List<PollingSource>> byInterval() {
        Map<Duration, List<PollingSource>> tasks = new TreeMap<>();
        sources.forEach(source ->
                tasks.computeIfAbsent(source.interval(), _ -> new ArrayList<>()).add(source));
        return tasks;
    }

    /**
     * A warning for each pattern without a glob that names no pollster, with the nearest name. Patterns that match nothing are
     * no error: one file serves agents of several kinds.
     *
     * @param known names of all pollsters of all kinds of agents
     */
    public List<DefinitionProblem> unknownMeters(Set<String> known) {
        ProblemList problems = new ProblemList(file);
        for (PollingSource source : sources) {
            for (MeterPattern pattern : source.meters()) {
                if (pattern.isLiteral() && !known.contains(pattern.text())) {
                    String nearest = NearestKey.of(pattern.text(), known);
                    problems.add(
                            DefinitionProblem.Severity.SKIPPED,
                            pattern.line(),
                            source.name() + ".meters",
                            "no pollster is called " + pattern.text()
                                    + (nearest == null ? "" : "; did you mean " + nearest + "?"));
                }
            }
        }
        return problems.all();
    }
}
