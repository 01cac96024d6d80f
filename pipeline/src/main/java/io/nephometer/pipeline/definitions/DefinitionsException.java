// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import io.nephometer.runtime.yaml.DefinitionProblem;
import java.util.List;
import java.util.stream.Collectors;

/** Definitions that cannot be loaded. */
public final class DefinitionsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<DefinitionProblem> problems;

    DefinitionsException(List<DefinitionProblem> problems) {
        super(problems.stream().map(DefinitionProblem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, of any severity; at least one is an error. */
    public List<DefinitionProblem> problems() {
        return problems;
    }
}
