// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Nodes of one etcd, on the loopback address. Not thread-safe. */
public final class PrivateEtcdCluster implements AutoCloseable {
    private final List<PrivateEtcd> nodes;

    /** @param size how many nodes */
    public PrivateEtcdCluster(int size) {
        nodes = IntStream.range(0, size)
                .mapToObj(number -> new PrivateEtcd("node" + number, List.of()))
                .toList();
        nodes.forEach(node -> node.form(nodes));
    }

    /** Starts those that do not run, and returns when all answer. */
    public void start() {
        nodes.forEach(PrivateEtcd::launch);
        nodes.forEach(PrivateEtcd::awaitReady);
    }

    /** All nodes, whether they run or not. */
    public List<PrivateEtcd> nodes() {
        return nodes;
    }

    /** The node that leads; empty while none does. */
    public Optional<PrivateEtcd> leader() {
        return nodes.stream()
                .filter(PrivateEtcd::isRunning)
                .filter(PrivateEtcd::isLeader)
                .findFirst();
    }

    /** The addresses of all nodes. */
    public List<String> urls() {
        return nodes.stream().map(PrivateEtcd::url).toList();
    }

    /** Ends all as a power cut would, keeping their data. */
    public void kill() {
        nodes.forEach(PrivateEtcd::kill);
    }

    @Override
    public void close() {
        nodes.forEach(PrivateEtcd::close);
    }
}
