// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.ProblemList;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The definition files of a directory. */
record DefinitionFiles(@Nullable DefinitionText events, List<DefinitionText> meters) {
    private static final String EVENTS = "event_definitions.yaml";
    private static final String METERS = "meters.d";

    DefinitionFiles {
        meters = List.copyOf(meters);
    }

    /** @param problems where files go that cannot be read */
    static DefinitionFiles in(Path directory, ProblemList problems) {
        Path events = directory.resolve(EVENTS);
        Path meters = directory.resolve(METERS);
        if (!Files.exists(events) && !Files.exists(meters)) {
            String found = Files.isDirectory(directory) ? "holds no " : "is no directory with ";
            problems.add(Severity.ERROR, 0, "", found + EVENTS + " or " + METERS + "/");
        }
        DefinitionText eventText = Files.exists(events) ? read(events, problems) : null;
        List<DefinitionText> meterTexts = new ArrayList<>();
        for (Path file : yamlIn(meters, problems)) {
            DefinitionText text = read(file, problems);
            if (text != null) {
                meterTexts.add(text);
            }
        }
        return new DefinitionFiles(eventText, meterTexts);
    }

    private static List<Path> yamlIn(Path directory, ProblemList problems) {
        List<Path> files = new ArrayList<>();
        if (Files.exists(directory)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "[!.]*.yaml")) {
                found.forEach(files::add);
            } catch (IOException e) {
                problems.add(Severity.ERROR, 0, METERS, "cannot be listed: " + e);
            }
        }
        files.sort(Comparator.comparing(file -> String.valueOf(file.getFileName())));
        return files;
    }

    private static @Nullable DefinitionText read(Path file, ProblemList problems) {
        try {
            return new DefinitionText(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            problems.add(Severity.ERROR, 0, file.toString(), "is not UTF-8");
        } catch (IOException e) {
            problems.add(Severity.ERROR, 0, file.toString(), "cannot be read: " + e);
        }
        return null;
    }
}
