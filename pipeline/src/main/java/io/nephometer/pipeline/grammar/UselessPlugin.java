// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import io.nephometer.pipeline.jsonpath.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin whose parameters load, but can never work. Ceilometer finds out at the first notification, so the file must load
 * here too; a warning says so then.
 *
 * @param fault which parameter, and why
 * @param evenWithoutMatch whether it fails when the path finds nothing, too
 */
record UselessPlugin(String name, String fault, boolean evenWithoutMatch) implements FieldPlugin {
    @Override
    public List<@Nullable Object> apply(List<Match> matches) {
        if (evenWithoutMatch || !matches.isEmpty()) {
            throw new FieldException("the plugin " + name + " cannot work: " + fault);
        }
        return List.of();
    }
}
