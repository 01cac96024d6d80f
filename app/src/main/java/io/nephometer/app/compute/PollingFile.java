// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Origin;
import io.nephometer.runtime.config.Problem;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The {@code polling.yaml} that the configuration names, or the shipped one. */
public final class PollingFile {
    /** What names the file of the role compute. */
    static final String COMPUTE = "compute.polling";

    private PollingFile() {}

    /**
     * Reads it.
     *
     * @param key what names the file in the configuration
     * @param shipped used if none is named
     * @throws ConfigException if the file cannot be read as text
     */
    public static PollingDefinition read(@Nullable Path file, String key, Supplier<PollingDefinition> shipped)
            throws PollingDefinitionException, ConfigException {
        if (file == null) {
            return shipped.get();
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(List.of(
                    new Problem(new Origin(file.toString(), 0), "", "", "cannot be read: " + reason(file, key, e))));
        }
        return PollingDefinition.read(file.toString(), text);
    }

    private static String reason(Path file, String key, IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file; " + key + " names it";
            case CharacterCodingException _ -> "it is no text in UTF-8";
            default -> Files.isDirectory(file) ? "it is a directory" : failure.toString();
        };
    }
}
