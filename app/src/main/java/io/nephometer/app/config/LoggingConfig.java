// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is written to standard error. */
public record LoggingConfig(
        @Doc("Records from this level up are written.") @Default("info")
        LogLevel level,

        @Doc("Other levels for parts of the program, by the beginning of the logger's name.")
        @Default("{}")
        @Example("{io.nephometer.store: debug}")
        Map<String, LogLevel> levels) {
    public LoggingConfig {
        levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    }
}
