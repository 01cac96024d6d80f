// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.nephometer.app.config.LogLevel;
import io.nephometer.app.config.LoggingConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    @AfterEach
    void restore() {
        Logging.apply(new LoggingConfig(LogLevel.WARN, Map.of("io.nephometer.noisy", LogLevel.WARN)));
    }

    @Test
    void theLevelsOfTheConfigurationAreInForce() {
        assertThat(context.getLogger("io.nephometer.x").getEffectiveLevel()).isEqualTo(Level.WARN);
        Logging.apply(new LoggingConfig(LogLevel.INFO, Map.of("io.nephometer.noisy", LogLevel.ERROR)));
        assertThat(context.getLogger("io.nephometer.x").getEffectiveLevel()).isEqualTo(Level.INFO);
        assertThat(context.getLogger("io.nephometer.noisy.part").getEffectiveLevel())
                .isEqualTo(Level.ERROR);
    }

    @Test
    void aRecordIsOneLineOnStandardErrorEvenWithACause() {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        assertThat(root.getAppender("stderr")).isInstanceOfSatisfying(ConsoleAppender.class, appender -> {
            assertThat(appender.getTarget()).isEqualTo("System.err");
            String line = encode((ConsoleAppender<?>) appender, root);
            assertThat(line.strip().lines()).hasSize(1);
            assertThat(line).contains("WARN", "first | second", "IllegalStateException: oops", "LoggingTest.java");
        });
    }

    @SuppressWarnings("unchecked") // an appender of logback-classic takes its own events
    private static String encode(ConsoleAppender<?> appender, Logger logger) {
        LoggingEvent event = new LoggingEvent(
                "", logger, Level.WARN, "first\nsecond", new IllegalStateException("oops"), new Object[0]);
        byte[] bytes = ((ConsoleAppender<ILoggingEvent>) appender).getEncoder().encode(event);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
