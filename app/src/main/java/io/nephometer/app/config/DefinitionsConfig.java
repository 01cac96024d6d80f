// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a notification means. The names are those of Ceilometer's options. */
public record DefinitionsConfig(
        @Doc("Directory with event_definitions.yaml and meters.d/*.yaml; what it lacks is empty."
                + " Not set: the definitions that are part of the program.")
        @Example("/etc/nephometer/definitions")
        @Nullable Path directory,

        @Doc(
                "Directory of the same kind that is added to those: its event definitions win over them, a meter in its meters.d"
                        + " replaces theirs of the same name.")
        @Example("/etc/nephometer/definitions.local")
        @Nullable Path additions,

        @Doc("Whether notifications of types that no definition names are dropped instead of becoming events with the"
                + " default traits.")
        @Default("false")
        boolean dropUnmatchedNotifications,

        @Doc("Priorities whose events keep the whole notification.") @Default("[]") @Example("[error]")
        List<String> storeRaw,

        @Doc("Prefixes of user metadata keys that are kept in samples.") @Default("[metering.]")
        List<String> reservedMetadataNamespace,

        @Doc("User metadata keys that are kept in samples though no prefix names them.") @Default("[]")
        List<String> reservedMetadataKeys,

        @Doc("Length in characters at which a user metadata value is cut off.")
        @Default("256")
        @Between(min = "1", max = "65536")
        int reservedMetadataLength) {
    public DefinitionsConfig {
        storeRaw = List.copyOf(storeRaw);
        reservedMetadataNamespace = List.copyOf(reservedMetadataNamespace);
        reservedMetadataKeys = List.copyOf(reservedMetadataKeys);
    }
}
