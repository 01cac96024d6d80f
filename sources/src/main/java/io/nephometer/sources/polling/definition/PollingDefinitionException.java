// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.definition;

import io.nephometer.runtime.yaml.DefinitionProblem;
import java.util.List;
import java.util.stream.Collectors;

/** A {@code polling.yaml} that cannot be used, with everything that is wrong with it. */
public final class PollingDefinitionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<DefinitionProblem> problems;

    PollingDefinitionException(List<DefinitionProblem> problems) {
        super(problems.stream().map(DefinitionProblem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one error, in the order of the file. */
    public List<DefinitionProblem> problems() {
        return problems;
    }
}
