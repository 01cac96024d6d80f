// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** One thing that is measured. To add one: implement this and name it in {@link Benchmarks}. */
public interface Benchmark {
    /** What {@code ./bench NAME} calls it: lower case, with hyphens. */
    String name();

    /** One line: what is measured, against what. */
    String description();

    /** What {@code ./bench NAME --help} prints: the options with their meaning and their defaults. */
    default String usage() {
        return "Usage: ./bench " + name() + System.lineSeparator() + description();
    }

    /**
     * Measures.
     *
     * @param options the arguments after the name, as the user wrote them; throw IllegalArgumentException for wrong ones
     * @param progress takes lines for the person who waits
     * @return the figures, with their units in the names ({@code messages_per_s}), and the ratio to the peer or limit;
     *     values as {@link io.nephometer.runtime.json.Json} writes them
     */
    Map<String, Object> run(List<String> options, PrintStream progress) throws Exception;
}
