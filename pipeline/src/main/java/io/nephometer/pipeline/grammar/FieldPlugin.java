// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import io.nephometer.pipeline.jsonpath.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes values out of what a path found. Immutable and thread-safe. */
public sealed interface FieldPlugin permits BitfieldPlugin, MapPlugin, SplitPlugin, TimedeltaPlugin, UselessPlugin {
    /** As definitions call it. */
    String name();

    /**
     * The values, nulls among them standing for nothing.
     *
     * @param matches in the order of the tree
     * @throws FieldException if the plugin does not apply to them
     */
    List<@Nullable Object> apply(List<Match> matches);

    /** Whether there is one value for each match, so that a meter with lookup can use it. */
    default boolean givesSeveral() {
        return false;
    }
}
