// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.definitions.DefinitionsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --definitions DIR} and the options that go with it. */
final class DefinitionsOption {
    @Option(
            names = "--definitions",
            paramLabel = "DIR",
            description =
                    "Folder with event_definitions.yaml and/or meters.d/*.yaml, in place of the shipped definitions;"
                            + " what it lacks is empty.")
    private @Nullable Path directory;

    @Option(
            names = "--drop-unmatched",
            description = "Give no event for types that no definition names, instead of one with the default traits.")
    private boolean dropUnmatched;

    /** Loads them; every problem is told with file and line, and a single faulty meter is one. */
    Definitions load() throws CommandFailure {
        return load(Definitions::loadFaultless);
    }

    /** Loads them without the meters whose definition is faulty. */
    Definitions loadWhatCanBe() throws CommandFailure {
        return load(Definitions::load);
    }

    private Definitions load(Loading loading) throws CommandFailure {
        DefinitionOptions usual = DefinitionOptions.DEFAULTS;
        DefinitionOptions options = new DefinitionOptions(
                dropUnmatched,
                usual.storeRaw(),
                usual.reservedMetadataNamespaces(),
                usual.reservedMetadataKeys(),
                usual.reservedMetadataLength());
        try {
            return directory == null ? Definitions.shipped(options) : loading.of(directory, options);
        } catch (DefinitionsException e) {
            throw CommandFailure.usage(
                    e.getMessage() + "\nthe definitions have " + e.problems().size()
                            + " problem(s), listed above; nothing was done",
                    e);
        }
    }

    /** A way to load a folder. */
    private interface Loading {
        Definitions of(Path directory, DefinitionOptions options) throws DefinitionsException;
    }
}
