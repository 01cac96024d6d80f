// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a client and a server of this machine, until it is cut. */
final class CutConnection implements AutoCloseable {
    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket entrance;

    CutConnection(int target) throws IOException {
        this.target = target;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = entrance.getLocalPort();
        serve(entrance);
    }

    int port() {
        return port;
    }

    /** Nobody comes through any more, and who was through is thrown out. */
    void cut() throws IOException {
        entrance.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    /** At the same address again. */
    void mend() throws IOException {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        entrance = again;
        serve(again);
    }

    private void serve(ServerSocket door) {
        Thread.ofVirtual().name("door").start(() -> {
            while (!door.isClosed()) {
                try {
                    lead(door.accept());
                } catch (IOException e) {
                    if (!door.isClosed()) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        });
    }

    /** If the server is away, whoever came is sent away, too. */
    private void lead(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            pump(client, server);
            pump(server, client);
        } catch (ConnectException _) {
            client.close();
        }
    }

    private void pump(Socket from, Socket to) {
        sockets.add(from);
        Thread.ofVirtual().name("pump").start(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException _) {
                // cut, or the other side has hung up
            } finally {
                sockets.remove(from);
            }
        });
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
