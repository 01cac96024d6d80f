// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The texts that are made from the records. To write the page anew: {@code mvn test -Dnephometer.write.docs=true}. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");

    @Test
    void thePageOfTheManualIsThatOfTheRecords() throws IOException {
        if (Boolean.getBoolean("nephometer.write.docs")) {
            Files.writeString(PAGE, ConfigurationFile.page());
        }
        assertThat(PAGE)
                .as(
                        "docs/configuration.md is generated: mvn test -pl app -am -Dnephometer.write.docs=true writes it anew")
                .hasContent(ConfigurationFile.page());
    }

    @Test
    void theSamplePassesTheCheckAsItIs() throws ConfigException {
        Configuration sample = read(ConfigurationFile.sample());
        assertThat(sample.collector().rabbitmq()).hasSize(1);
        assertThat(sample.store()).isEqualTo(read("").store());
    }

    @Test
    void theSamplePassesTheCheckWithEverySettingSwitchedOn() throws ConfigException {
        String everything = ConfigurationFile.sample()
                .replaceAll("(?m)^( *)#([\\w-])", "$1$2")
                .replaceAll("rabbit://", "amqps://")
                .replaceAll("file:/etc/nephometer/\\S+", "word");
        Configuration sample = read(everything);
        assertThat(sample.collector().rabbitmq().getFirst().tls()).isNotNull();
        assertThat(sample.definitions().directory()).isEqualTo(Path.of("/etc/nephometer/definitions"));
    }

    @Test
    void everySettingIsExplained() {
        assertThat(ConfigurationFile.page()).doesNotContain("|  |");
        assertThat(ConfigurationFile.sample().lines())
                .noneMatch(line -> line.strip().equals("#"));
    }

    private static Configuration read(String yaml) throws ConfigException {
        return new ConfigReader("N", Map.of())
                .read(yaml, "sample", Configuration.class)
                .value();
    }
}
