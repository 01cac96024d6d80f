// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.DeleteOption;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.CoordinatorFixture;
import io.nephometer.coordination.Member;
import io.nephometer.runtime.Ticker;
import io.nephometer.testkit.servers.PrivateEtcd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A prefix of a real etcd. */
final class EtcdFixture implements CoordinatorFixture, AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(30);

    private final EtcdOptions options;
    private final Client administrator;
    private final MemberKeys keys;
    private final List<Coordinator> opened = new ArrayList<>();

    EtcdFixture(PrivateEtcd etcd) throws Exception {
        options = EtcdOptions.of(List.of(etcd.url()));
        administrator = Client.builder().endpoints(etcd.url()).build();
        keys = new MemberKeys(options.prefix());
        empty();
    }

    Client administrator() {
        return administrator;
    }

    ByteSequence key(Member member) {
        return keys.key(member);
    }

    void empty() throws Exception {
        DeleteOption all = DeleteOption.builder().isPrefix(true).build();
        administrator.getKVClient().delete(keys.all(), all).get();
    }

    @Override
    public Coordinator open() {
        Coordinator coordinator = new EtcdCoordinator(options, LEASE, Ticker.system());
        opened.add(coordinator);
        return coordinator;
    }

    /** The clock of etcd cannot be moved; a lease can be ended, which looks the same. */
    @Override
    public void endLease(Member member) throws Exception {
        long lease = administrator
                .getKVClient()
                .get(keys.key(member))
                .get()
                .getKvs()
                .getFirst()
                .getLease();
        administrator.getLeaseClient().revoke(lease).get();
    }

    @Override
    public void close() {
        opened.forEach(Coordinator::close);
        administrator.close();
    }
}
