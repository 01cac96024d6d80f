// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/commands.md is what the commands say of themselves. To write it anew: {@code mvn test -Dnephometer.write.docs=true}. */
class CommandsPageTest {
    private static final Path PAGE = Path.of("../docs/commands.md");
    private static final Pattern OPTION = Pattern.compile("(?m)^\\| `(--[a-z-]+)");

    @Test
    void thePageOfTheManual_isThatOfTheCommands() throws IOException {
        if (Boolean.getBoolean("nephometer.write.docs")) {
            Files.writeString(PAGE, CommandsPage.text());
        }
        assertThat(PAGE)
                .as("docs/commands.md is generated: mvn test -pl app -am -Dnephometer.write.docs=true writes it anew")
                .hasContent(CommandsPage.text());
    }

    @Test
    void everyCommand_isThereWithEachOfItsOptions() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page)
                .contains("## `nephometer run`", "## `nephometer recovery retry`", "## `nephometer store size`")
                .doesNotContain("| |", "${");
        TreeSet<String> named = new TreeSet<>();
        OPTION.matcher(page).results().forEach(option -> named.add(option.group(1)));
        assertThat(named).contains("--store", "--dry-run", "--additions", "--as-of", "--group-by", "--effective");
    }
}
