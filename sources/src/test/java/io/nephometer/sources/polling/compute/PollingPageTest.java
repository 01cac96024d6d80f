// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of docs/polling.md has each meter, with its type, its unit and its resource. */
class PollingPageTest {
    private static final Path PAGE = Path.of("..", "docs", "polling.md");

    @Test
    void namesEachMeterAndNoOther() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| `[a-z._]+` \\| (gauge|delta|cumulative) \\|.*"))
                .map(line -> line.substring(0, line.lastIndexOf(" | ")))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(ComputeMeters.pollsters().stream()
                        .map(PollingPageTest::row)
                        .toList());
    }

    private static String row(Pollster pollster) {
        String unit = pollster.meter().unit().isEmpty() ? "–" : pollster.meter().unit();
        return "| `" + pollster.name() + "` | " + pollster.meter().type().wireName() + " | " + unit + " | "
                + resource(pollster.name());
    }

    private static String resource(String name) {
        if (name.startsWith("disk.device.")) {
            return "disk";
        }
        if (name.startsWith("host.")) {
            return "host";
        }
        return name.startsWith("network.") ? "interface" : "instance";
    }
}
