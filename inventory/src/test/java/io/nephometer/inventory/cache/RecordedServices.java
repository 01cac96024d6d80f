// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Keystone, Nova and Glance that answer as real ones did when they were recorded. What is asked has a kind; which recording answers a
 * kind is said by the test. (Bare sockets, since the JDK's server writes a {@code Date} of its own.)
 */
final class RecordedServices implements AutoCloseable {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final ServerSocket socket;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final OpenStackCloud cloud;
    private volatile String microversion = "2.93";
    private volatile @Nullable Instant date;

    RecordedServices(InstantSource clock, Ticker ticker) throws IOException, ConfigException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("recorded-services").start(this::accept);
        answer("token", "keystone-token").answer("version", "nova-v21").answer("page", "servers-last-page");
        ApiTime time = new ApiTime(clock, ticker, _ -> {}, (_, _) -> () -> {}, new Random(1));
        cloud = OpenStackCloud.of(access(), ApiSettings.defaults(), time, ApiObserver.NONE);
    }

    private CloudAccess access() {
        Named domain = Named.name("Default");
        return new CloudAccess(
                URI.create("http://127.0.0.1:" + socket.getLocalPort()),
                new Credentials.Password(Named.name("admin"), domain, new Secret("any")),
                new Scope.OfProject(Named.name("admin"), domain),
                "RegionOne",
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
    }

    CloudReader reader() {
        return new ApiReader(cloud.nova(), cloud.glance());
    }

    /** From now on a kind of question is answered by a recording, or by a text that begins with {@code HTTP/1.1}. */
    RecordedServices answer(String kind, String recording) {
        answers.put(kind, recording);
        return this;
    }

    RecordedServices speaking(String version) {
        microversion = version;
        return this;
    }

    /** From now on answers carry a {@code Date}, which that recorded Nova did not send. */
    void tellTime(Instant now) {
        date = now;
    }

    /** What was asked since the last call, with its query; without tokens and versions. */
    List<String> askedSince() {
        List<String> copy = List.copyOf(asked);
        asked.clear();
        return copy;
    }

    private static String kind(String method, String target) {
        String path = URI.create(target).getPath();
        if (method.equals("POST")) {
            return "token";
        }
        if (path.endsWith("/servers/detail")) {
            return target.contains("marker=") ? "page" : target.contains("changes-since=") ? "changes" : "full";
        }
        return path.endsWith("/v2.1/")
                ? "version"
                : path.endsWith("/flavors/detail")
                        ? "flavors"
                        : path.contains("/flavors/") ? "flavor" : path.contains("/images/") ? "image" : "server";
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
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            String[] first = Objects.requireNonNull(in.readLine(), "no request").split(" ", 3);
            int length = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            line.substring(line.indexOf(':') + 1).strip());
                }
            }
            for (int read = 0; read < length; read++) {
                in.read();
            }
            String kind = kind(first[0], first[1]);
            if (!kind.equals("token") && !kind.equals("version")) {
                asked.add(first[1]);
            }
            write(client.getOutputStream(), kind);
        } catch (IOException e) {
            // the client went away
        }
    }

    private void write(OutputStream out, String kind) throws IOException {
        String name = answers.getOrDefault(kind, "");
        String text = name.startsWith("HTTP/1.1") ? name : recorded(name);
        int split = text.indexOf("\n\n");
        String head = text.substring(0, split).replaceAll("(?m)^(Content-Length|Connection|Date): .*\n?", "");
        String body = text.substring(split + 2)
                .replaceAll("http://127\\.0\\.0\\.1:\\d+", "http://127.0.0.1:" + socket.getLocalPort())
                .replace("\"version\": \"2.93\"", "\"version\": \"" + microversion + "\"");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String told = date == null ? "" : "\nDate: " + HTTP_DATE.format(date);
        out.write((head.strip() + told + "\nConnection: close\nContent-Length: " + bytes.length + "\n\n")
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.flush();
    }

    private static String recorded(String name) throws IOException {
        try (InputStream in = RecordedServices.class.getResourceAsStream("/recorded/" + name + ".http")) {
            String text = new String(
                    Objects.requireNonNull(in, "no recording " + name).readAllBytes(), StandardCharsets.UTF_8);
            return text.substring(text.indexOf("\nHTTP/1.1 ") + 1);
        }
    }

    @Override
    public void close() {
        cloud.close();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
