// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.ConfigReader;
import io.nephometer.runtime.config.Loaded;
import io.nephometer.runtime.config.ReferencePage;
import io.nephometer.runtime.config.SampleFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The file nephometer.yaml: read, as a sample, and as a page of the manual. */
public final class ConfigurationFile {
    /** How the variables begin that stand above the file. */
    public static final String ENVIRONMENT_PREFIX = "NEPHOMETER";

    /** Variables with our prefix that are the launcher's and no settings. */
    private static final List<String> LAUNCHER_VARIABLES =
            List.of("NEPHOMETER_JAVA_OPTS", "NEPHOMETER_MODULE", "NEPHOMETER_MAIN");

    private static final String SAMPLE_HEAD = """
            Configuration of Nephometer. What is commented out shows its default.
            Durations have a unit (300ms, 5s, 1h30m, 7d), sizes too (64MiB, 512kB).
            ${NAME} takes a variable of the environment; a secret may be file:/path.
            NEPHOMETER_STORE_URL in the environment stands above store.url, and so on.
            Check it with: nephometer config check FILE""";

    private static final String PAGE_HEAD = """
            # Configuration

            <!-- Generated from the records in io.nephometer.app.config; ConfigurationPageTest says how to write it anew. -->

            One YAML file, `nephometer.yaml`, given to `nephometer run --config FILE`. `nephometer config sample` prints one to
            begin with, `nephometer config check FILE` lists everything that is wrong with one, and
            `nephometer config check --effective FILE` prints the values in force and where each comes from.

            - An unknown or repeated key, a value without its unit or out of bounds is an error; all are reported together with file and line.
            - A **duration** is written `300ms`, `5s`, `1h30m`, `7d` or `PT5S`; a **size** `100B`, `512kB`, `64MiB`, `2GiB`.
            - `${NAME}` takes a variable of the environment, `${NAME:-otherwise}` with a value to fall back to; `$${` is a plain `${`.
            - A **secret** is a text, or `file:/path` for the content of a file. It never appears in logs or printed configuration;
              neither does the password in an **address**.
            - A variable of the environment named like a key stands above the file: `NEPHOMETER_STORE_URL` for `store.url`,
              `NEPHOMETER_COLLECTOR_BATCH_MAX_MESSAGES` for `collector.batch.max_messages`. Lists are written with commas
              (`NEPHOMETER_ROLES=collector`), or as YAML in brackets.
            - Anchors, aliases and merge keys (`<<`) of YAML work.
            """;

    private ConfigurationFile() {}

    /**
     * Reads a file, with the environment of this process above it.
     *
     * @throws ConfigException with everything that is wrong
     */
    public static Loaded<Configuration> read(Path file) throws ConfigException {
        return reader().read(file, Configuration.class);
    }

    /**
     * Reads those sections that {@code part} has, in the same way; the others are passed over. For a program that plays one role
     * alone, and does not know what the other roles are made of.
     *
     * @throws ConfigException with everything that is wrong
     */
    public static <P extends Record> Loaded<P> readPart(Path file, Class<P> part) throws ConfigException {
        return reader().readPart(file, part, Configuration.class);
    }

    private static ConfigReader reader() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        LAUNCHER_VARIABLES.forEach(environment::remove);
        return new ConfigReader(ENVIRONMENT_PREFIX, environment);
    }

    /** A file with every setting explained; it passes the check as it is. */
    public static String sample() {
        return sample(Configuration.class);
    }

    /** The same with the sections of {@code part} alone. */
    public static String sample(Class<? extends Record> part) {
        return SampleFile.of(SAMPLE_HEAD, part);
    }

    /** The page docs/configuration.md. */
    public static String page() {
        return ReferencePage.of(PAGE_HEAD, Configuration.class);
    }
}
