// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One address of a RabbitMQ cluster and how to enter there. Prints without the password.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param virtualHost {@code /} unless the site has others
 * @param tls whether to speak TLS
 */
public record Broker(String host, int port, String user, String password, String virtualHost, boolean tls) {
    private static final Pattern URL = Pattern.compile("(?i)(amqps?|rabbit)://([^/]+)(?:/([^?#]*))?");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:([^:@]*)(?::(.*))?@)?(\\[[0-9a-fA-F:.]+]|[^:@\\[\\]]+)(?::(\\d{1,5}))?", Pattern.DOTALL);
    private static final int PLAIN_PORT = 5672;
    private static final int TLS_PORT = 5671;

    public Broker {
        if (host.isBlank()) {
            throw new IllegalArgumentException("a broker needs a host");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is between 1 and 65535, not " + port);
        }
    }

    /**
     * The brokers of one URL: {@code amqp://user:password@host:5672,host:5672/vhost}. User and password stand before the first
     * host, or before each; both are percent-encoded, and so is the virtual host. {@code amqps} means TLS; {@code rabbit} is
     * OpenStack's word for {@code amqp}. Without a path, and with an empty one, the virtual host is {@code /}.
     *
     * @throws IllegalArgumentException if it is not of this form; the message does not show the password
     */
    public static List<Broker> parse(String url) {
        Matcher matcher = URL.matcher(url.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an address such as amqp://user:password@host:5672/vhost");
        }
        boolean tls = matcher.group(1).toLowerCase(Locale.ROOT).equals("amqps");
        String path = matcher.group(3);
        String virtualHost = path == null || path.isEmpty() ? "/" : decoded(path);
        List<Broker> brokers = new ArrayList<>();
        String user = "guest";
        String password = "guest";
        for (String address : matcher.group(2).split(",", -1)) {
            Matcher parts = ADDRESS.matcher(address.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                        "address " + (brokers.size() + 1) + " is not [user:password@]host[:port]");
            }
            if (parts.group(1) != null) {
                user = decoded(parts.group(1));
                password = parts.group(2) == null ? "" : decoded(parts.group(2));
            }
            int port = parts.group(4) == null ? (tls ? TLS_PORT : PLAIN_PORT) : Integer.parseInt(parts.group(4));
            brokers.add(new Broker(withoutBrackets(parts.group(3)), port, user, password, virtualHost, tls));
        }
        return List.copyOf(brokers);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String decoded(String text) {
        // URLDecoder is made for forms, where a plus sign is a space.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The same broker with a password that did not stand in its URL. */
    public Broker withPassword(String other) {
        return new Broker(host, port, user, other, virtualHost, tls);
    }

    /** Host and port, for messages. */
    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "amqps://" : "amqp://") + user + ":***@" + address() + "/"
                + (virtualHost.equals("/") ? "" : virtualHost);
    }
}
