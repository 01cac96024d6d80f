// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What MariaDB was told to leave out of a binary log, or not to apply of one. A server that does so reaches every position of its
 * primary, and lacks rows all the same: no position proves anything of it. So each setting that is not certain to let the whole of a
 * database through counts, and so does one that is not known here.
 *
 * @param settings by name, as the server spells both; empty values are settings that nobody made
 */
record MariaDbFilters(Map<String, String> settings) {
    /** Errors of applying that are passed over. */
    private static final String SKIPS = "slave_skip_errors";

    /** What is done with what a session of the primary marked. */
    private static final String MARKED = "replicate_events_marked_for_skip";

    static final MariaDbFilters NONE = new MariaDbFilters(Map.of());

    MariaDbFilters {
        settings = Map.copyOf(settings);
    }

    /** Those of a row of SHOW REPLICA STATUS, of one server that is followed. Versions have different ones. */
    static MariaDbFilters ofReplica(ResultSet row) throws SQLException {
        return of(row, "replicate_");
    }

    /** Those of a row of SHOW MASTER STATUS. */
    static MariaDbFilters ofLog(ResultSet row) throws SQLException {
        return of(row, "binlog_");
    }

    /** Those that a replica has whomever it follows, from a row with columns of their names. */
    static MariaDbFilters ofServer(ResultSet row) throws SQLException {
        return new MariaDbFilters(Map.of(SKIPS, row.getString(SKIPS), MARKED, row.getString(MARKED)));
    }

    private static MariaDbFilters of(ResultSet row, String prefix) throws SQLException {
        Map<String, String> found = new HashMap<>();
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnLabel(i);
            String value = row.getString(i);
            if (name.toLowerCase(Locale.ROOT).startsWith(prefix) && value != null) {
                found.put(name, value);
            }
        }
        return new MariaDbFilters(found);
    }

    /** The setting, with its value, that may leave out something of a database; of several the first by name. */
    Optional<String> hiding(String database) {
        return settings.entrySet().stream()
                .filter(setting -> !setting.getValue().isBlank())
                .filter(setting -> !letsThrough(setting.getKey(), setting.getValue(), database))
                .map(setting -> setting.getKey() + " = " + setting.getValue())
                .sorted()
                .findFirst();
    }

    private static boolean letsThrough(String name, String value, String database) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "replicate_do_db", "binlog_do_db" -> items(value).anyMatch(database::equals);
            case "replicate_ignore_db", "binlog_ignore_db" -> items(value).noneMatch(database::equalsIgnoreCase);
            case "replicate_wild_do_table" -> items(value).anyMatch(pattern -> isWhole(pattern, database));
            case "replicate_ignore_table", "replicate_wild_ignore_table" ->
                items(value).noneMatch(table -> mayBeIn(table, database));
            case "replicate_rewrite_db" ->
                items(value).flatMap(pair -> Stream.of(pair.split("->", -1))).noneMatch(end -> end.strip()
                        .equalsIgnoreCase(database));
            case MARKED -> value.equalsIgnoreCase("REPLICATE");
            case SKIPS -> value.equalsIgnoreCase("OFF");
            // Some tables of ours, never all; servers and domains that may have been those of a primary.
            default -> false;
        };
    }

    private static Stream<String> items(String list) {
        return Stream.of(list.split(",", -1)).map(String::strip);
    }

    /** Whether a pattern of {@code database.table} takes every table of a database. */
    private static boolean isWhole(String pattern, String database) {
        return pattern.endsWith(".%") && matches(pattern.substring(0, pattern.length() - 2), database, 0);
    }

    /** Whether a table, or a pattern of tables, may be one of a database: names are alike in any case on some servers. */
    private static boolean mayBeIn(String table, String database) {
        int dot = table.indexOf('.');
        return dot < 0 || matches(table.substring(0, dot), database, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** As LIKE does: {@code %} is any text, {@code _} any character, a backslash takes the next one as it is. */
    private static boolean matches(String like, String text, int flags) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            switch (c) {
                case '%' -> regex.append(".*");
                case '_' -> regex.append('.');
                case '\\' -> regex.append(Pattern.quote(i + 1 < like.length() ? like.substring(++i, i + 1) : "\\"));
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), flags).matcher(text).matches();
    }
}
