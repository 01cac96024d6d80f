// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.etcd.EtcdCoordinator;
import io.nephometer.coordination.etcd.EtcdOptions;
import io.nephometer.coordination.ownership.OwnershipChange;
import io.nephometer.coordination.ownership.OwnershipLoop;
import io.nephometer.coordination.ownership.OwnershipObserver;
import io.nephometer.coordination.ownership.Unit;
import io.nephometer.coordination.sql.SqlCoordinator;
import io.nephometer.coordination.sql.SqlEngine;
import io.nephometer.runtime.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A member as a process: prints what it gains and loses, until its input ends. Arguments: address of the coordinator ({@code http:} or
 * {@code jdbc:postgresql:}), name, file of epochs.
 */
public final class MemberLoop {
    static final Duration LEASE = Duration.ofSeconds(6);
    static final List<Unit> WORK = IntStream.range(0, 24)
            .mapToObj(i -> new Unit("unit/" + i, Duration.ofSeconds(60)))
            .toList();

    private MemberLoop() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Member me = Member.starting(arguments[1], Set.of("central"));
        try (Coordinator coordinator = coordinator(arguments[0]);
                OwnershipLoop loop = new OwnershipLoop(
                        coordinator,
                        new FileEpochs(Path.of(arguments[2])),
                        me,
                        "central",
                        MemberLoop::print,
                        OwnershipObserver.none(),
                        Ticker.system())) {
            loop.work(WORK);
            loop.start();
            while (System.in.read() >= 0) {
                System.out.println("health " + loop.health());
            }
        }
    }

    private static Coordinator coordinator(String address) {
        if (!address.startsWith("jdbc:")) {
            return new EtcdCoordinator(EtcdOptions.of(List.of(address.split(","))), LEASE, Ticker.system());
        }
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(address);
        return new SqlCoordinator(database, SqlEngine.POSTGRESQL, LEASE);
    }

    private static void print(OwnershipChange change) {
        System.out.println(
                switch (change) {
                    case OwnershipChange.Gained gained -> "gained " + gained.unit() + " " + gained.epoch();
                    case OwnershipChange.Lost lost -> "lost " + lost.unit() + " " + lost.epoch() + " " + lost.why();
                });
    }
}
