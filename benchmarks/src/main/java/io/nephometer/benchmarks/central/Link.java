// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A way to a server of this machine that can be cut as networks are: nothing is refused, nothing is closed, and nothing comes
 * through. What was on its way arrives when it is mended. Thread-safe.
 */
final class Link implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final int target;
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Lock lock = new ReentrantLock();
    private final Condition mended = lock.newCondition();
    private boolean isCut;

    /** @param target a port of the loopback address */
    Link(int target) throws IOException {
        this.target = target;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("link").start(this::serve);
    }

    int port() {
        return entrance.getLocalPort();
    }

    void cut() {
        set(true);
    }

    void mend() {
        set(false);
    }

    private void set(boolean cut) {
        lock.lock();
        try {
            isCut = cut;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitMended() throws InterruptedException {
        lock.lock();
        try {
            while (isCut) {
                mended.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        try {
            while (!entrance.isClosed()) {
                Socket client = entrance.accept();
                sockets.add(client);
                Thread.ofVirtual().name("link-open").start(() -> connect(client));
            }
        } catch (IOException e) {
            close(); // it was closed, or nobody comes through any more and the scenario shows it
        }
    }

    private void connect(Socket client) {
        try {
            awaitMended();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(server);
            Thread.ofVirtual().name("link-in").start(() -> pump(client, server));
            pump(server, client);
        } catch (IOException e) {
            end(client); // the server is away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0) {
                awaitMended();
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            end(to); // the other side has hung up
        } finally {
            end(from);
            end(to);
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            sockets.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            isCut = false;
        }
        mend();
        sockets.forEach(this::end);
    }
}
