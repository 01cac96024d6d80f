// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.runtime.config.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, or its Sentinels are: {@code redis://user:password@host:6379/0}, {@code rediss://} for TLS. User and password are
 * percent-encoded. Prints without the password.
 *
 * @param servers at least one; several only if they are Sentinels
 * @param user null for the default user
 * @param database its number
 */
public record RedisUrl(
        boolean tls,
        List<Server> servers,
        @Nullable String user,
        @Nullable Secret password,
        int database) {
    private static final Pattern URL = Pattern.compile("(rediss?)://(?:([^@/]*)@)?([^@/?#]+)(?:/(\\d{1,4})?)?");
    private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]\\s]+)(?::(\\d{1,5}))?");
    private static final int REDIS_PORT = 6379;

    public RedisUrl {
        servers = List.copyOf(servers);
    }

    /**
     * One address.
     *
     * @param host a name or an address, IPv6 without brackets
     */
    public record Server(String host, int port) {
        public Server {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("a port is between 1 and 65535, not " + port);
            }
        }

        /** For messages. */
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is not of this form; the message does not show the password
     */
    public static RedisUrl parse(String text) {
        Matcher url = URL.matcher(text.strip());
        if (!url.matches()) {
            throw new IllegalArgumentException(
                    "expected an address such as redis://host:6379 or rediss://host:6379 (TLS)");
        }
        String login = url.group(2) == null ? "" : url.group(2);
        int colon = login.indexOf(':');
        String user = decoded(colon < 0 ? login : login.substring(0, colon));
        return new RedisUrl(
                url.group(1).equals("rediss"),
                servers(url.group(3)),
                user.isEmpty() ? null : user,
                colon < 0 ? null : new Secret(decoded(login.substring(colon + 1))),
                url.group(4) == null ? 0 : Integer.parseInt(url.group(4)));
    }

    private static List<Server> servers(String text) {
        List<Server> servers = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            Matcher server = SERVER.matcher(one.strip());
            if (!server.matches()) {
                throw new IllegalArgumentException("address " + (servers.size() + 1) + " is not host:port");
            }
            String host = server.group(1);
            servers.add(new Server(
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                    server.group(2) == null ? REDIS_PORT : Integer.parseInt(server.group(2))));
        }
        return servers;
    }

    private static String decoded(String text) {
        // URLDecoder is made for forms, where a plus sign is a space.
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("user and password are percent-encoded: a % itself is %25");
        }
    }
}
