// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback address that nobody listens on. They lie below those that Linux gives to outgoing connections, so that
 * none is taken between being found and being used, and are never found twice by one JVM. JVMs that test side by side
 * ({@code test.fork} numbers them from 1) find them in shares of their own: a server that is down for a moment finds
 * its port free when it comes back.
 */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int SHARES = 4;
    private static final int SHARE = (END - FIRST) / SHARES;
    /** The port by which a RabbitMQ node with default settings talks to its cluster. */
    private static final int DEFAULT_RABBITMQ_DISTRIBUTION = 25_672;

    private static final int OURS = FIRST + (Integer.getInteger("test.fork", 1) - 1) % SHARES * SHARE;
    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {}

    /** One more free port. */
    public static synchronized int next() {
        for (int attempt = 0; attempt < 10_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(OURS, OURS + SHARE);
            if (port != DEFAULT_RABBITMQ_DISTRIBUTION && !GIVEN.contains(port) && isFree(port)) {
                GIVEN.add(port);
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + OURS + " and " + (OURS + SHARE));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
