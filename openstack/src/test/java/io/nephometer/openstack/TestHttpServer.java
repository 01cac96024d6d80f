// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Answers each request with exactly the bytes that the handler writes: no header is added, and the connection may be cut
 * anywhere. (The JDK's server always adds {@code Date}, which Nova does not.) One request per connection.
 */
public final class TestHttpServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Handler handler;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    /** Writes an answer. */
    @FunctionalInterface
    public interface Handler {
        void answer(Request request, OutputStream out) throws Exception;
    }

    /** A request as it came; names of headers in lower case. */
    public record Request(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {}

    public TestHttpServer(Handler handler) {
        this.handler = handler;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("test-http").start(this::accept);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** All that came so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream());
                OutputStream out = client.getOutputStream()) {
            Request request = read(in);
            requests.add(request);
            handler.answer(request, out);
        } catch (IOException _) {
            // the client went away, as some tests want it to
        } catch (Exception | AssertionError e) {
            failures.add(e);
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        URI target = URI.create(first[1]);
        return new Request(first[0], target.getPath(), query(target.getRawQuery()), headers, body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** The parameters of a query, decoded. */
    public static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : Objects.requireNonNullElse(raw, "").split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    /** Writes a whole answer. */
    public static void write(OutputStream out, String head, byte[] body) throws IOException {
        out.write((head.strip().replace("\n", "\r\n") + "\r\nConnection: close\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
    }

    public static void write(OutputStream out, String head, String body) throws IOException {
        write(out, head, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Fails if a handler failed. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("the server's handler failed", failures.getFirst());
        }
    }
}
