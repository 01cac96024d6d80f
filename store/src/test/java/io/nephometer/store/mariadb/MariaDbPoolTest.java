// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.nephometer.store.ledger.StoreUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

class MariaDbPoolTest {
    private static HikariDataSource pool(int port) {
        StoreUrl.MariaDb url = (StoreUrl.MariaDb) StoreUrl.parse("mariadb://u:p@127.0.0.1:" + port + "/db");
        Duration ample = Duration.ofSeconds(20);
        HikariConfig config = new HikariConfig();
        config.setDataSource(new MariaDbSource(url, ample, ample, Map.of(), true));
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(250);
        return new HikariDataSource(config);
    }

    /** Takes a connection, says nothing, and goes when the pool does. */
    private static void hang(ServerSocket server, HikariDataSource pool) {
        try (Socket _ = server.accept()) {
            while (!pool.isClosed()) {
                LockSupport.parkNanos(1_000_000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Timeout(60)
    void aPoolThatIsClosedWhileItConnects_waitsForThat_andDoesNotWarn() throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger("com.zaxxer.hikari.pool.HikariPool");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread hanging;
            try (HikariDataSource pool = pool(server.getLocalPort())) {
                hanging = Thread.ofVirtual().start(() -> hang(server, pool));
                assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);
            }
            hanging.join();
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }
}
