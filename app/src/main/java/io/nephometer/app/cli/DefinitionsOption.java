// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.definitions.DefinitionsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
            names = "--additions",
            paramLabel = "DIR",
            description = "Folder of the same kind that is added to those; what stands in it wins.")
    private @Nullable Path additions;

    @Option(
            names = "--drop-unmatched",
            description = "Give no event for types that no definition names, instead of one with the default traits.")
    private boolean dropUnmatched;

    @Option(
            names = "--store-raw",
            split = ",",
            paramLabel = "PRIORITY",
            description = "Priorities whose events keep the whole notification; several with commas.")
    private List<String> storeRaw = List.of();

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
                Set.copyOf(storeRaw),
                usual.reservedMetadataNamespaces(),
                usual.reservedMetadataKeys(),
                usual.reservedMetadataLength());
        try {
            return loading.of(directory, additions, options);
        } catch (DefinitionsException e) {
            throw faulty(e);
        }
    }

    /** Whether any option about definitions was given. */
    boolean isGiven() {
        return directory != null || additions != null || dropUnmatched || !storeRaw.isEmpty();
    }

    /** Definitions that cannot be loaded, with every problem. */
    static CommandFailure faulty(DefinitionsException e) {
        return CommandFailure.usage(
                e.getMessage() + "\nthe definitions have " + e.problems().size()
                        + " problem(s), listed above; nothing was done",
                e);
    }

    /** A way to load folders. */
    private interface Loading {
        Definitions of(@Nullable Path directory, @Nullable Path additions, DefinitionOptions options)
                throws DefinitionsException;
    }
}
