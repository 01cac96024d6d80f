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
import org.jspecify.annotations.Nullable;

/** The {@code polling.yaml} that {@code compute.polling} names, or the shipped one. */
final class PollingFile {
    private PollingFile() {}

    /** @throws ConfigException if the file cannot be read as text */
    static PollingDefinition read(@Nullable Path file) throws PollingDefinitionException, ConfigException {
        if (file == null) {
            return PollingDefinition.shipped();
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(
                    List.of(new Problem(new Origin(file.toString(), 0), "", "", "cannot be read: " + reason(file, e))));
        }
        return PollingDefinition.read(file.toString(), text);
    }

    private static String reason(Path file, IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file; compute.polling names it";
            case CharacterCodingException _ -> "it is no text in UTF-8";
            default -> Files.isDirectory(file) ? "it is a directory" : failure.toString();
        };
    }
}
