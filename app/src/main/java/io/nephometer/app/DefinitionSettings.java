// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import io.nephometer.app.config.DefinitionsConfig;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import java.util.Set;

/** From configuration to the options of definitions. */
final class DefinitionSettings {
    private DefinitionSettings() {}

    static DefinitionOptions options(DefinitionsConfig config) {
        return new DefinitionOptions(
                config.dropUnmatchedNotifications(),
                Set.copyOf(config.storeRaw()),
                config.reservedMetadataNamespace(),
                config.reservedMetadataKeys(),
                config.reservedMetadataLength());
    }
}
