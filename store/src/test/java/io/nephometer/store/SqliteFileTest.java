// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.Event;
import io.nephometer.model.LedgerBatch;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an SQLite ledger: who may open it, and who may read it. */
class SqliteFileTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();

    private StoreUrl url() {
        return new StoreUrl.Sqlite(folder.resolve("ledger.db"));
    }

    private Ledger open() {
        return Ledgers.open(url(), LedgerOptions.DEFAULTS, clock);
    }

    private static void assertFails(Kind kind, Runnable opening) {
        assertThatThrownBy(opening::run)
                .asInstanceOf(InstanceOfAssertFactories.type(LedgerException.class))
                .extracting(LedgerException::kind)
                .isEqualTo(kind);
    }

    @Test
    void oneProcessAtATimeServesAFile() {
        Ledger first = open();

        assertFails(Kind.IN_USE, () -> open().close());
        assertFails(Kind.IN_USE, () -> Ledgers.migrate(url(), LedgerOptions.DEFAULTS));

        first.close();
        first.close();
        open().close();
    }

    @Test
    void othersMayReadBesideTheOneThatServes() {
        try (Ledger ledger = open();
                LedgerView view = Ledgers.openReadOnly(url(), LedgerOptions.DEFAULTS, clock)) {
            CommitOutcome outcome = ledger.commit(new LedgerBatch("test", List.of(converted(1))));

            List<Event> seen = new ArrayList<>();
            view.reader().events(LedgerQuery.ALL, seen::add);

            assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
            assertThat(seen).containsExactly(converted(1).event());
            assertThat(((Ledger) view).commit(new LedgerBatch("test", List.of(converted(2)))))
                    .isInstanceOf(CommitOutcome.Unavailable.class);
            assertThat(((Ledger) view).isAvailable()).isFalse();
        }
    }

    @Test
    void whatWasCommittedIsThereAfterOpeningAgain() {
        try (Ledger ledger = open()) {
            ledger.commit(new LedgerBatch("test", List.of(converted(1))));
        }
        try (LedgerFixture again = new LedgerFixture(open(), clock)) {
            assertThat(again.samples()).hasSize(1);
        }
    }

    @Test
    void onlyTheOwnerMayReadTheFiles() throws IOException {
        try (Ledger ledger = open()) {
            ledger.commit(new LedgerBatch("test", List.of(converted(1))));
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).hasSizeGreaterThan(2).allSatisfy(file -> assertThat(
                                PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void readingWhatIsNotThereFailsAndMakesNothing() throws IOException {
        assertFails(Kind.MISSING, () -> Ledgers.openReadOnly(url(), LedgerOptions.DEFAULTS, clock)
                .close());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void folderThatIsNotThereIsReported() {
        StoreUrl nowhere = new StoreUrl.Sqlite(folder.resolve("no/where.db"));

        assertFails(Kind.UNREACHABLE, () -> Ledgers.open(nowhere, LedgerOptions.DEFAULTS, clock)
                .close());
    }

    @Test
    void fileThatIsNoDatabaseIsReported() throws IOException {
        Files.writeString(folder.resolve("ledger.db"), "not a database at all, but long enough to be looked at");

        assertFails(Kind.UNREACHABLE, () -> open().close());
    }

    @Test
    void newerSchemaIsLeftAlone() throws SQLException {
        open().close();
        history("UPDATE schema_history SET version = '999'");
        assertFails(Kind.SCHEMA_NEWER, () -> open().close());
    }

    private void history(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void migratingTwiceIsHarmless() {
        Ledgers.migrate(url(), LedgerOptions.DEFAULTS);
        Ledgers.migrate(url(), LedgerOptions.DEFAULTS);

        open().close();
    }
}
