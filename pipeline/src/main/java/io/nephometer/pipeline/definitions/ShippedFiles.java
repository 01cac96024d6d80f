// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import io.nephometer.runtime.yaml.ProblemList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;

/** The definition files beside this class on the class path, whether in a jar or in a directory. */
final class ShippedFiles {
    private static final String KNOWN = "event_definitions.yaml";

    private ShippedFiles() {}

    static DefinitionFiles read() {
        URL known = ShippedFiles.class.getResource(KNOWN);
        if (known == null) {
            return new DefinitionFiles(null, List.of());
        }
        try {
            URI uri = known.toURI();
            if (!uri.getScheme().equals("jar")) {
                return in(Path.of(uri));
            }
            String[] parts = uri.getRawSchemeSpecificPart().split("!", 2);
            try (FileSystem jar = FileSystems.newFileSystem(Path.of(URI.create(parts[0])))) {
                return in(jar.getPath(parts[1]));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("the shipped definitions cannot be read", e);
        }
    }

    private static DefinitionFiles in(Path known) {
        Path directory = known.getParent();
        if (directory == null) {
            throw new IllegalStateException("no directory holds " + known);
        }
        ProblemList problems = new ProblemList("shipped definitions");
        DefinitionFiles files = DefinitionFiles.in(directory, problems);
        if (!problems.all().isEmpty()) {
            throw new IllegalStateException(problems.all().getFirst().text());
        }
        return files;
    }
}
