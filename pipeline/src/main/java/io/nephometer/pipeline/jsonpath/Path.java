// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.List;

/** A node of a compiled path. */
sealed interface Path extends Operand
        permits Steps.Root,
                Steps.This,
                Steps.Parent,
                Steps.Fields,
                Steps.Index,
                Steps.Slice,
                Combination.Child,
                Combination.Descendants,
                Combination.Where,
                Combination.Union,
                Combination.Intersection,
                Arithmetic,
                Filter,
                Sorting,
                Length,
                Split,
                Substitution {
    /** What the path selects when it starts at {@code at}, in order. The caller must not change the list. */
    List<Spot> select(Spot at);

    /** Whether something is selected; unlike the selection, sorting a scalar is no error here. */
    default boolean selectsAny(Spot at) {
        return !select(at).isEmpty();
    }
}
