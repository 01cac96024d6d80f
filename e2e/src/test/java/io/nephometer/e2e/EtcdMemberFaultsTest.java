// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.testkit.servers.PrivateEtcd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("server")
class EtcdMemberFaultsTest extends MemberFaultsContract {
    private final PrivateEtcd etcd = new PrivateEtcd();

    @BeforeEach
    void start() {
        etcd.start();
    }

    @AfterEach
    void stop() {
        etcd.close();
    }

    @Override
    protected String coordinator() {
        return etcd.url();
    }
}
