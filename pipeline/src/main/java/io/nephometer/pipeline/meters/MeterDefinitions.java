// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import java.util.List;

/** The meters of all files, in the order in which they give samples. */
public final class MeterDefinitions {
    private final List<MeterDefinition> definitions;

    MeterDefinitions(List<MeterDefinition> definitions) {
        this.definitions = List.copyOf(definitions);
    }

    List<MeterDefinition> definitions() {
        return definitions;
    }
}
