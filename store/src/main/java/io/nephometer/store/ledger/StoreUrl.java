// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a ledger is: {@code sqlite:PATH}, {@code postgresql://user:password@host:port/database?parameter=value} or
 * {@code mariadb://} with the same. Its text form never shows a password.
 */
public sealed interface StoreUrl {
    /** One file on this machine. */
    record Sqlite(Path file) implements StoreUrl {
        @Override
        public String toString() {
            return "sqlite:" + file;
        }
    }

    /**
     * A database of a PostgreSQL server.
     *
     * @param user null: that of the operating system
     * @param password null: none, or what {@code ~/.pgpass} says
     * @param parameters handed to the driver: {@code sslmode}, {@code sslrootcert}, {@code currentSchema} …
     */
    record Postgres(
            String host,
            int port,
            String database,
            @Nullable String user,
            @Nullable String password,
            Map<String, String> parameters)
            implements StoreUrl {
        public Postgres {
            parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        }

        /** The same with another password, which need not stand in the address then. */
        public Postgres withPassword(String other) {
            return new Postgres(host, port, database, user, other, parameters);
        }

        @Override
        public String toString() {
            String who = user == null ? "" : user + (password == null ? "" : ":***") + "@";
            return "postgresql://" + who + host + ":" + port + "/" + database;
        }
    }

    /**
     * A database of a MariaDB server.
     *
     * @param user null: that of the operating system
     * @param password null: none
     * @param parameters handed to the driver: {@code sslMode}, {@code serverSslCert} …
     */
    record MariaDb(
            String host,
            int port,
            String database,
            @Nullable String user,
            @Nullable String password,
            Map<String, String> parameters)
            implements StoreUrl {
        public MariaDb {
            parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        }

        /** The same with another password, which need not stand in the address then. */
        public MariaDb withPassword(String other) {
            return new MariaDb(host, port, database, user, other, parameters);
        }

        @Override
        public String toString() {
            String who = user == null ? "" : user + (password == null ? "" : ":***") + "@";
            return "mariadb://" + who + host + ":" + port + "/" + database;
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException saying what is wrong, without showing a password
     */
    static StoreUrl parse(String text) {
        if (text.startsWith("sqlite:")) {
            return sqlite(text.substring("sqlite:".length()));
        }
        if (text.startsWith("postgresql://") || text.startsWith("postgres://")) {
            ServerAddress server = server(text, 5432);
            return new Postgres(
                    server.host(),
                    server.port(),
                    server.database(),
                    server.user(),
                    server.password(),
                    server.parameters());
        }
        if (text.startsWith("mariadb://")) {
            ServerAddress server = server(text, 3306);
            return new MariaDb(
                    server.host(),
                    server.port(),
                    server.database(),
                    server.user(),
                    server.password(),
                    server.parameters());
        }
        throw new IllegalArgumentException(
                "store address " + masked(text)
                        + ": unknown kind of store; expected sqlite:PATH, postgresql://user:password@host:port/database or mariadb://…");
    }

    private static StoreUrl sqlite(String rest) {
        String path = rest.startsWith("//") ? rest.substring(2) : rest;
        if (path.isBlank()) {
            throw new IllegalArgumentException("store address sqlite: has no path; expected sqlite:PATH");
        }
        return new Sqlite(Path.of(path));
    }

    private static ServerAddress server(String text, int usualPort) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw wrong(text, "not a URL: " + e.getReason() + " (special characters of a password as %XX)");
        }
        String path = uri.getRawPath();
        if (uri.getHost() == null) {
            throw wrong(text, "no host name in it");
        }
        if (path == null || path.length() < 2) {
            throw wrong(text, "no database name in it");
        }
        String info = uri.getRawUserInfo();
        int colon = info == null ? -1 : info.indexOf(':');
        return new ServerAddress(
                uri.getHost(),
                uri.getPort() < 0 ? usualPort : uri.getPort(),
                decoded(path.substring(1)),
                info == null ? null : decoded(colon < 0 ? info : info.substring(0, colon)),
                info == null || colon < 0 ? null : decoded(info.substring(colon + 1)),
                parameters(text, uri.getRawQuery()));
    }

    private static Map<String, String> parameters(String text, @Nullable String query) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw wrong(text, "parameter without a value: " + pair);
            }
            parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException wrong(String text, String what) {
        return new IllegalArgumentException("store address " + masked(text) + ": " + what);
    }

    private static String masked(String text) {
        return text.replaceAll("//([^/@:]*):.*@", "//$1:***@").replaceAll("(?i)(password=)[^&]*", "$1***");
    }
}
