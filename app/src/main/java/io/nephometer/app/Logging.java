// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.nephometer.app.config.LogLevel;
import io.nephometer.app.config.LoggingConfig;
import org.slf4j.LoggerFactory;

/** Puts the levels of the configuration in force. Where and how lines are written stands in logback.xml. */
public final class Logging {
    private Logging() {}

    /** Until this is called, warnings and errors are logged. */
    public static void apply(LoggingConfig config) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level(config.level()));
        config.levels().forEach((name, level) -> context.getLogger(name).setLevel(level(level)));
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
