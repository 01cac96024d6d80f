// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class PrivateEtcdTest {
    @Test
    void aSingleNodeLeadsItselfAndKeepsItsAddressOverAKill() {
        try (PrivateEtcd etcd = new PrivateEtcd()) {
            etcd.start();
            String url = etcd.url();
            assertThat(etcd.isLeader()).isTrue();

            etcd.kill();
            assertThat(etcd.isRunning()).isFalse();
            assertThat(etcd.isLeader()).isFalse();

            etcd.start();
            assertThat(etcd.isLeader()).isTrue();
            assertThat(etcd.url()).isEqualTo(url);
        }
    }

    @Test
    void aClusterHasOneLeaderAndOthers() {
        try (PrivateEtcdCluster cluster = new PrivateEtcdCluster(3)) {
            cluster.start();

            assertThat(cluster.leader()).isPresent();
            assertThat(cluster.nodes().stream().filter(PrivateEtcd::isLeader)).hasSize(1);
            assertThat(cluster.urls()).doesNotHaveDuplicates().hasSize(3);
        }
    }

    @Test
    void mayBeClosedBeforeStartAndTwice() {
        PrivateEtcd etcd = new PrivateEtcd(List.of("--quota-backend-bytes=100000000"));
        etcd.close();
        etcd.close();
        assertThat(etcd.isRunning()).isFalse();
    }
}
