// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.benchmarks.central.Books.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What is done to central agents. Each disturbance comes so early in a slot that a member that lives has the lease and five seconds of
 * it left, so that every slot must be measured.
 */
enum Scenario {
    UNDISTURBED(1, "nothing") {
        @Override
        Window play(Stage stage) throws Exception {
            stage.begin();
            stage.countLoad(stage.agents() + " agents", 2);
            return stage.end(3);
        }
    },
    GROW(1, "1, 8, then 3 agents") {
        @Override
        Window play(Stage stage) throws Exception {
            Cluster cluster = stage.cluster();
            cluster.settle(1);
            stage.begin();
            stage.countLoad("1 agent", 1);
            for (int i = 2; i <= MOST; i++) {
                cluster.start("central-" + i);
            }
            cluster.awaitShares();
            stage.countLoad(MOST + " agents", 2);
            for (int i = MOST; i > LEFT; i--) {
                cluster.agent("central-" + i).stop();
            }
            stage.countLoad(LEFT + " agents", 2);
            return stage.end(stage.slot());
        }
    },
    KILL(2, "kill -9 of one") {
        @Override
        Window play(Stage stage) throws Exception {
            stage.begin();
            stage.at(1, EARLY);
            stage.cluster().agent(Cluster.VICTIM).kill();
            return stage.end(3);
        }
    },
    TAKE_OVER(3, "kill -9 of one just before a slot begins, with slots of 30 s and a lease of 10 s, again and again") {
        @Override
        Cluster.Timing timing(Cluster.Timing usual) {
            return new Cluster.Timing(Duration.ofSeconds(30), Duration.ofSeconds(10));
        }

        @Override
        Window play(Stage stage) throws Exception {
            stage.begin();
            for (int kill = 1; kill <= KILLS; kill++) {
                String victim = "central-" + (1 + kill % stage.agents());
                int slot = stage.slot() + 1;
                stage.at(slot, -HALF);
                TakeOver takeOver = TakeOver.of(stage.cluster(), victim);
                stage.cluster().agent(victim).kill();
                takeOver.killed();
                stage.at(slot + 1, EARLY);
                takeOver.measured(stage, stage.time(slot, 0));
                stage.cluster().start(victim);
                stage.cluster().awaitShares();
            }
            return stage.end(stage.slot());
        }
    },
    PAUSE(2, "SIGSTOP of one past its lease, then SIGCONT") {
        @Override
        Window play(Stage stage) throws Exception {
            stage.begin();
            stage.at(1, EARLY);
            stage.cluster().agent(Cluster.VICTIM).signal("STOP");
            stage.at(2, EARLY);
            stage.cluster().agent(Cluster.VICTIM).signal("CONT");
            Window window = stage.end(4);
            stage.note("dropped %.0f times, fenced %.0f slots"
                    .formatted(
                            stage.cluster().agent(Cluster.VICTIM).metric("nephometer_central_dropped_total"),
                            stage.cluster().agent(Cluster.VICTIM).metric("nephometer_central_slots_fenced_total")));
            return window;
        }
    },
    CLOCK(2, "the clock of one is set 30 s ahead, then right") {
        @Override
        Window play(Stage stage) throws Exception {
            Cluster cluster = stage.cluster();
            FakeClock clock = new FakeClock(Path.of(System.getProperty("java.io.tmpdir")));
            cluster.agent(Cluster.VICTIM).stop();
            cluster.start(Cluster.VICTIM, clock.environment());
            cluster.awaitShares();
            stage.begin();
            stage.at(1, EARLY);
            clock.set(JUMP_S);
            cluster.await(
                    "it says that its clock is wrong",
                    () -> cluster.agent(Cluster.VICTIM).share().contains("ahead of"));
            stage.note("owned nothing after %.1f s".formatted(since(stage.time(1, EARLY))));
            stage.at(3, EARLY);
            clock.set(0);
            cluster.awaitShares();
            stage.note("had its share again after %.1f s".formatted(since(stage.time(3, EARLY))));
            Window window = stage.end(5);
            cluster.agent(Cluster.VICTIM).stop();
            return window;
        }
    },
    CUT_COORDINATOR(2, "one is cut off from etcd for two slots") {
        @Override
        boolean needsEtcd() {
            return true;
        }

        @Override
        Window play(Stage stage) throws Exception {
            return cut(stage, stage.cluster().etcdLinks());
        }
    },
    CUT_LEDGER(2, "one is cut off from the ledger for two slots") {
        @Override
        Window play(Stage stage) throws Exception {
            return cut(stage, List.of(stage.cluster().ledgerLink()));
        }
    },
    SAME_NAME(2, "a second agent of the same name; then the first one is killed") {
        @Override
        Window play(Stage stage) throws Exception {
            Cluster cluster = stage.cluster();
            Agent first = cluster.agent(Cluster.VICTIM);
            stage.begin();
            Agent second = cluster.start(Cluster.VICTIM);
            cluster.await("the second stands by", () -> second.share().contains("stands by"));
            int slot = stage.slot() + 1;
            stage.at(slot, EARLY);
            first.kill();
            Window window = stage.end(slot + 1);
            cluster.await("the second has a share", second::hasShare);
            return window;
        }
    },
    ROLLING(2, "each is stopped and started again, one after the other") {
        @Override
        Window play(Stage stage) throws Exception {
            stage.begin();
            for (int i = 1; i <= stage.agents(); i++) {
                String name = "central-" + i;
                stage.cluster().agent(name).stop();
                stage.cluster().start(name);
                stage.cluster().awaitShares();
            }
            return stage.end(stage.slot() + 1);
        }
    },
    NODE_DOWN(2, "the leader of three nodes of etcd is killed") {
        @Override
        boolean needsNodes() {
            return true;
        }

        @Override
        Window play(Stage stage) throws Exception {
            stage.begin();
            stage.at(1, EARLY);
            stage.cluster().servers().killLeader();
            return stage.end(3);
        }
    },
    NODE_RESTART(2, "a node of etcd, of several the leader, is killed and comes back after a slot") {
        @Override
        boolean needsEtcd() {
            return true;
        }

        @Override
        Window play(Stage stage) throws Exception {
            stage.begin();
            stage.at(1, EARLY);
            stage.cluster().servers().killLeader();
            stage.at(2, EARLY);
            stage.cluster().servers().restart();
            stage.cluster().awaitShares();
            stage.note("all had their shares %.1f s after it was started".formatted(since(stage.time(2, EARLY))));
            return stage.end(Math.max(stage.slot(), 2) + 1);
        }
    },
    LEDGER_FROZEN(1, "the ledger takes connections and answers nobody for two slots") {
        @Override
        Window play(Stage stage) throws Exception {
            stage.begin();
            stage.at(1, EARLY);
            stage.cluster().servers().freezeLedger();
            stage.at(3, EARLY);
            stage.cluster().servers().thawLedger();
            stage.cluster().awaitShares();
            stage.note("all had their shares %.1f s after it answered again".formatted(since(stage.time(3, EARLY))));
            return stage.end(Math.max(stage.slot(), 3) + 1);
        }
    },
    COORDINATOR_DOWN(1, "the coordinator is away for three periods") {
        @Override
        Window play(Stage stage) throws Exception {
            stage.begin();
            stage.at(1, EARLY);
            stage.cluster().servers().killCoordinator();
            stage.at(PERIODS + 1, 0);
            stage.cluster().servers().restart();
            stage.cluster().awaitShares();
            stage.note("all had their shares %.1f s after it was back".formatted(since(stage.time(PERIODS + 1, 0))));
            return stage.end(Math.max(stage.slot(), PERIODS + 1) + 1);
        }
    };

    private static final int MOST = 8;
    private static final int LEFT = 3;
    private static final int PERIODS = 3;
    private static final int JUMP_S = 30;
    /** Seconds into a slot: some units are measured, others are not. */
    private static final double EARLY = 1;

    private static final double HALF = 0.5;
    private static final int KILLS = 4;

    private final int least;
    private final String what;

    Scenario(int least, String what) {
        this.least = least;
        this.what = what;
    }

    /** Plays it; what is returned is to be counted. */
    abstract Window play(Stage stage) throws Exception;

    /** What it is played with, where others are played with what is usual. */
    Cluster.Timing timing(Cluster.Timing usual) {
        return usual;
    }

    boolean needsEtcd() {
        return needsNodes();
    }

    boolean needsNodes() {
        return false;
    }

    /** How many agents it needs. */
    int least() {
        return least;
    }

    /** What is done, for a human. */
    String what() {
        return what;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double since(Instant time) {
        return Duration.between(time, Cluster.now()).toMillis() / 1000.0;
    }

    private static Window cut(Stage stage, List<Link> links) throws Exception {
        stage.begin();
        stage.at(1, EARLY);
        links.forEach(Link::cut);
        stage.at(3, EARLY);
        links.forEach(Link::mend);
        stage.cluster().awaitShares();
        stage.note("had its share again after %.1f s".formatted(since(stage.time(3, EARLY))));
        return stage.end(Math.max(stage.slot(), 3) + 1);
    }
}
