// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that plays one role alone reads its sections of the file of all. */
class ConfigPartTest {
    record Ours(@Default("3") int size) {}

    record Theirs(@Nullable Secret password, @Default("3") int size) {}

    record Whole(Ours ourSection, Theirs theirSection) {}

    record Part(Ours ourSection) {}

    @TempDir
    private Path folder;

    @Test
    void sectionsOfOthersArePassedOverWithWhatIsWrongInThem() throws Exception {
        String file = """
                their_section:
                  password: ${NOT_SET_HERE}
                  no_such_key: &size 7
                our_section:
                  size: *size
                """;

        assertThat(part(file)).isEqualTo(new Part(new Ours(7)));
    }

    @Test
    void aKeyThatNobodyKnowsIsAnErrorAllTheSame() {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> part("our_sectoin: {size: 4}"));

        assertThat(refused.problems()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .contains("our_sectoin", "did you mean our_section"));
    }

    private Part part(String text) throws ConfigException, IOException {
        Path file = Files.writeString(folder.resolve("whole.yaml"), text);
        return new ConfigReader("TEST", Map.of())
                .readPart(file, Part.class, Whole.class)
                .value();
    }
}
