// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.definition;

import io.nephometer.runtime.yaml.DefinitionProblem;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@code polling.yaml} that cannot be used, with everything that is wrong with it. */
public final class PollingDefinitionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<DefinitionProblem> problems;

    PollingDefinitionException(List<DefinitionProblem> problems) {
        super(sorted(problems).map(DefinitionProblem::text).collect(Collectors.joining("\n")));
        this.problems = sorted(problems).toList();
    }

    private static Stream<DefinitionProblem> sorted(List<DefinitionProblem> problems) {
        return problems.stream().sorted(Comparator.comparingInt(DefinitionProblem::line));
    }

    /** At least one error, in the order of the file. */
    public List<DefinitionProblem> problems() {
        return problems;
    }
}
