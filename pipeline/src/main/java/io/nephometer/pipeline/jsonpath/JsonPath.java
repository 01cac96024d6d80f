// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path into a JSON tree, compiled once and evaluated often. Immutable and thread-safe.
 *
 * <p>The language is that of jsonpath-rw 1.4.0 with jsonpath-rw-ext 1.2.2, whose peculiarities definition files rely on: the
 * bar binds tighter than the dot, arithmetic has no precedence and groups from the right, there is no division.
 */
public final class JsonPath {
    private final String text;
    private final Path path;

    /** The alternatives of a path that only follows names, which nearly all do; empty for any other path. */
    private final FieldChain[] chains;

    private JsonPath(String text, Path path) {
        this.text = text;
        this.path = path;
        List<FieldChain> found = new ArrayList<>();
        this.chains = FieldChain.collect(path, found) ? found.toArray(new FieldChain[0]) : new FieldChain[0];
    }

    /**
     * Compiles a path.
     *
     * @throws JsonPathSyntaxException when the text is no path; says where and what was expected
     */
    public static JsonPath parse(String text) throws JsonPathSyntaxException {
        return new JsonPath(text, new Parser(text).parse());
    }

    /**
     * What the path selects in a tree of plain values (maps, lists, text, numbers, booleans, null), in the order of jsonpath-rw.
     * Nulls are matches like any other.
     *
     * @throws JsonPathEvaluationException when the tree does not allow an operation of the path, such as an index into a number
     */
    public List<Match> find(@Nullable Object tree) {
        if (chains.length == 1) {
            return chains[0].find(tree);
        }
        List<Match> matches = new ArrayList<>();
        if (chains.length > 0) {
            for (FieldChain chain : chains) {
                matches.addAll(chain.find(tree));
            }
        } else {
            for (Spot spot : spots(tree)) {
                matches.add(new Match(spot.path(), spot.value()));
            }
        }
        return matches;
    }

    /**
     * The values of {@link #find} without their paths, at less cost.
     *
     * @throws JsonPathEvaluationException as {@code find}
     */
    public List<@Nullable Object> values(@Nullable Object tree) {
        List<@Nullable Object> values = new ArrayList<>(1);
        if (chains.length > 0) {
            for (FieldChain chain : chains) {
                chain.collect(tree, values);
            }
        } else {
            for (Spot spot : spots(tree)) {
                values.add(spot.value());
            }
        }
        return values;
    }

    private List<Spot> spots(@Nullable Object tree) {
        List<Spot> spots = path.select(Spot.bare(tree));
        for (Spot spot : spots) {
            spot.requirePresent();
        }
        return spots;
    }

    /** The path as it was written. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
