// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plain HTTP/1.1 server on the loopback interface: persistent connections, bodies with a length, a virtual thread per
 * connection. Unlike the JDK's it sends no header that it was not told to send, and can break connections on purpose.
 */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int BACKLOG = 512;

    private final String name;
    private final Handler handler;
    private final ServerSocket socket;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** @param name of the service, for its threads */
    private HttpListener(String name, Handler handler, ServerSocket socket) {
        this.name = name;
        this.handler = handler;
        this.socket = socket;
    }

    /** Listens on a port of the loopback interface; 0 means any that is free. */
    public static HttpListener open(String name, int port, Handler handler) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        HttpListener listener = new HttpListener(name, handler, socket);
        listener.startThread(listener::accept, name + "-accept");
        return listener;
    }

    /** Where it listens: {@code http://127.0.0.1:PORT}. */
    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void startThread(Runnable work, String threadName) {
        Thread thread = Thread.ofVirtual().name(threadName).unstarted(() -> {
            try {
                work.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                startThread(() -> serve(connection), name + "-connection");
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.warn("{} could not accept a connection: {}", name, e.getMessage());
                }
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            RequestReader reader = new RequestReader(new BufferedInputStream(connection.getInputStream()));
            Request request = reader.read();
            while (request != null && answer(connection, request)) {
                request = reader.read();
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("{} dropped a connection: {}", name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    /** Whether the connection goes on. */
    private boolean answer(Socket connection, Request request) throws IOException, InterruptedException {
        Handler.Answer answer = handler.answer(request);
        boolean close = request.header("connection")
                .filter(value -> value.equalsIgnoreCase("close"))
                .isPresent();
        return switch (answer.ending()) {
            case WHOLE -> {
                connection.getOutputStream().write(message(answer.response(), close, false));
                yield !close;
            }
            case TRUNCATED -> {
                connection.getOutputStream().write(message(answer.response(), true, true));
                yield false;
            }
            case RESET -> {
                connection.setSoLinger(true, 0);
                yield false;
            }
        };
    }

    private static byte[] message(Response response, boolean close, boolean truncated) {
        byte[] body = response.bytes();
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(response.status())
                .append(' ')
                .append(response.reason())
                .append("\r\n");
        response.headers()
                .forEach((header, value) ->
                        head.append(header).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n");
        head.append(close ? "Connection: close\r\n\r\n" : "\r\n");
        ByteArrayOutputStream message = new ByteArrayOutputStream(body.length + head.length());
        message.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        message.writeBytes(truncated ? Arrays.copyOf(body, body.length / 2) : body);
        return message.toByteArray();
    }

    /** Stops listening and drops all connections. */
    @Override
    public void close() {
        closeQuietly(socket);
        connections.forEach(HttpListener::closeQuietly);
        threads.forEach(Thread::interrupt);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) { // nothing is left to be done with it
            LOG.debug("closing {}: {}", closeable, e.getMessage());
        }
    }
}
