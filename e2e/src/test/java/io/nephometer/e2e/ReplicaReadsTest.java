// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.Main;
import io.nephometer.testkit.servers.PrivatePostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that read a replica: every question once with it and once without gives the same. About 15 s. */
@Tag("server")
class ReplicaReadsTest {
    private static final String FIRST = "exercise-1.jsonl.gz";

    private static final PrivatePostgres PRIMARY = new PrivatePostgres();
    private static final PrivatePostgres STANDBY = PRIMARY.standby();
    private static String store = "";
    private static String slave = "";

    private record Run(int exit, String out, String err) {}

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(new PrintWriter(out), new PrintWriter(err, true), arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    private static Run ask(String question, String... options) {
        return run(
                Stream.concat(Stream.of((question + " --format jsonl --store " + store).split(" ")), Stream.of(options))
                        .toArray(String[]::new));
    }

    @BeforeAll
    static void fill() {
        PRIMARY.start();
        store = PRIMARY.createDatabase("ledger");
        ingest(store);
        STANDBY.start();
        slave = STANDBY.url("ledger");
    }

    private static void ingest(String to) {
        Path file = Path.of("../testkit/src/main/resources/recorded", FIRST);
        Run run = run("ingest", "--store", to, file.toString());
        assertThat(run.exit()).as(run.err()).isZero();
    }

    @AfterAll
    static void end() {
        STANDBY.close();
        PRIMARY.close();
    }

    @Test
    void everyQuestion_hasTheSameAnswerFromTheReplica() {
        // Whoever answers, nothing is committed in between; that it is the replica is what --fallback skip insists on.
        for (String question : List.of(
                "query events",
                "query samples",
                "query resources",
                "query meters",
                "query statistics --group-by RESOURCE",
                "query slots --limit 100",
                "query gaps",
                "query pending",
                "cluster status")) {
            Run without = ask(question);
            Run with = ask(question, "--slave-connection", slave, "--fallback", "skip");
            assertThat(with).as(question).isEqualTo(without);
            assertThat(with.exit()).isZero();
        }
        assertThat(ask("query samples").out()).isNotBlank();
    }

    @Test
    void aFrozenReplica_isOldOrRefused_asTheCommandSays() {
        STANDBY.sql("ledger", "SELECT pg_wal_replay_pause()");
        try {
            String before = ask("query meters").out();
            PRIMARY.sql("ledger", "UPDATE meters SET unit = 'changed'");
            String[] replica = {"--slave-connection", slave, "--max-staleness", "1s"};
            assertThat(ask("query meters", add(replica, "primary")).out())
                    .isEqualTo(ask("query meters").out())
                    .contains("changed");
            Run skipped = ask("query meters", add(replica, "skip"));
            assertThat(skipped.exit()).isEqualTo(1);
            assertThat(skipped.err()).contains("nothing was read");
            Run stale = ask("query meters", add(replica, "stale"));
            assertThat(stale.out()).isEqualTo(before).doesNotContain("changed");
            assertThat(stale.err()).contains("answered by the replica");
            Run status = ask("replica status", replica);
            assertThat(status.exit()).isEqualTo(1);
            assertThat(status.out()).contains("\"role\":\"primary\"").contains("\"reason\":\"paused\"");
        } finally {
            STANDBY.sql("ledger", "SELECT pg_wal_replay_resume()");
        }
    }

    @Test
    void theFileNamesLedgerAndReplicas(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("n.yaml"), "store: {url: '" + store + "', slave_connection: ['" + slave + "']}\n");
        Run status = run("replica", "status", "--config", file.toString());
        assertThat(status.exit()).as(status.out() + status.err()).isZero();
        assertThat(status.out()).contains("healthy").contains("127.0.0.1:" + STANDBY.port() + " since");
        assertThat(run("query", "gaps", "--config", file.toString()).exit()).isZero();
    }

    private static String[] add(String[] options, String fallback) {
        return Stream.concat(Stream.of(options), Stream.of("--fallback", fallback))
                .toArray(String[]::new);
    }
}
