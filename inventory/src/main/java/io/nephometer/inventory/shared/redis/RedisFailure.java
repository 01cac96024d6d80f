// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.inventory.shared.FullCacheException;
import io.nephometer.inventory.shared.LostSeatException;
import io.nephometer.inventory.shared.NotBegunException;
import io.nephometer.inventory.shared.SharedCacheException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.NoSuchElementException;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Says what a failure means for whoever runs Redis, by the error codes that Redis gives and the kinds of Java's exceptions. */
final class RedisFailure {
    /** A Redis that does not expect TLS waits for the rest of a command. */
    private static final String IS_IT_TLS = "see whether it speaks TLS at this port at all (redis:// is without)";

    private RedisFailure() {}

    static SharedCacheException of(Exception failure, RedisUrl.Server server, RedisOptions options) {
        String where = "the shared cache at " + server + " ";
        if (failure instanceof RedisTarget.EvictingException) {
            return new SharedCacheException(
                    where + "drops keys when its memory is full (maxmemory-policy " + failure.getMessage()
                            + "), so that instances would vanish: set maxmemory-policy noeviction",
                    failure);
        }
        Throwable root = root(failure);
        return root instanceof JedisDataException refused
                ? refused(refused, where, options)
                : new SharedCacheException(where + unreachable(root, options), failure);
    }

    private static SharedCacheException refused(JedisDataException failure, String where, RedisOptions options) {
        String text = String.valueOf(failure.getMessage());
        int blank = text.indexOf(' ');
        String code = blank < 0 ? text : text.substring(0, blank);
        String rest = blank < 0 ? "" : text.substring(blank + 1);
        return switch (code) {
            case "LOSTSEAT" -> new LostSeatException("the refresher's seat is lost: " + lost(rest));
            case "NOTBEGUN" -> new NotBegunException("the refresher has not begun a second set");
            case "OOM" ->
                new FullCacheException(
                        where
                                + "is full: raise its maxmemory (nothing was changed); see docs/global-cache.md for how much"
                                + " it takes",
                        failure);
            default -> new SharedCacheException(where + meaning(code, rest, options), failure);
        };
    }

    private static String lost(String how) {
        return switch (how.split(" ", 2)[0]) {
            case "emptied" -> "the cache was emptied";
            case "back" ->
                "the cache went back and lacks what was written last (a replica took over, or it began again with an"
                        + " old snapshot); the refresh begins again with what it has";
            default -> "another has taken it";
        };
    }

    private static String meaning(String code, String rest, RedisOptions options) {
        String user = options.user() == null ? "the default user" : "user " + options.user();
        return switch (code) {
            case "NOAUTH" ->
                "asks for a password: set shared_cache.password, and shared_cache.user if it is not the default user";
            case "WRONGPASS" ->
                "does not let " + user + " in: shared_cache.user or shared_cache.password is wrong, or the user is off";
            case "NOPERM" ->
                "does not permit all that " + user + " must do (" + rest
                        + "): give it the rights that docs/global-cache.md lists";
            case "READONLY" ->
                "is a replica, which takes no writes: name its master in shared_cache.url, or set shared_cache.sentinel";
            case "LOADING" -> "is still loading its data: this passes";
            case "MASTERDOWN", "NOREPLICAS", "MISCONF", "CLUSTERDOWN", "BUSY" ->
                "does not take commands now: " + code + " " + rest;
            case "MOVED", "ASK" ->
                "is a cluster, which is not supported: use a single Redis, with Sentinels if it must not fail";
            case "DAMAGED" ->
                "holds what we did not write, or lacks what we wrote: key " + rest + "; " + remedy(options);
            case "WRONGTYPE" -> "holds a key of another program: " + rest + "; " + remedy(options);
            default ->
                "refused: " + code + " " + rest + "; if it is older than Redis 7 or Valkey 7.2, use a newer one, else "
                        + remedy(options);
        };
    }

    static String remedy(RedisOptions options) {
        return "remove all keys that begin with nephometer:v1:{" + options.space()
                + "}: and they will be filled again, or choose another shared_cache.space";
    }

    private static String unreachable(Throwable root, RedisOptions options) {
        return switch (root) {
            case SocketTimeoutException timeout
            when String.valueOf(timeout.getMessage()).startsWith("Connect") ->
                "cannot be connected to within " + options.connectTimeout().toMillis()
                        + " ms (shared_cache.connect_timeout)";
            case SocketTimeoutException _ ->
                "did not answer within " + options.timeout().toMillis() + " ms (shared_cache.timeout)"
                        + (options.url().tls() ? "; " + IS_IT_TLS : "");
            case UnknownHostException _ -> "has a name that nobody knows: see shared_cache.url";
            case SSLException e ->
                "cannot be spoken to by TLS: " + e.getMessage() + "; see shared_cache.tls, and " + IS_IT_TLS;
            case NoSuchElementException _ ->
                "is asked by all " + options.connections() + " connections at once: raise shared_cache.connections";
            case ConnectException e -> "cannot be reached: " + e.getMessage();
            case Exception e
            when !options.url().tls() && isGarbled(e) ->
                "does not speak as Redis does (" + e.getMessage()
                        + "): see shared_cache.url, and whether it speaks TLS (rediss://)";
            default -> "cannot be reached: " + root.getMessage();
        };
    }

    /** A server that speaks TLS answers with an alert, or hangs up. */
    private static boolean isGarbled(Exception failure) {
        return failure instanceof SocketException || failure instanceof JedisConnectionException;
    }

    /** Whether the connections to a server, or the server itself, are of no more use. */
    static boolean endsTarget(Exception failure) {
        Throwable root = root(failure);
        return root instanceof JedisDataException refused
                ? String.valueOf(refused.getMessage()).startsWith("READONLY")
                : !(root instanceof NoSuchElementException);
    }

    /** Whether a connection was found to be closed, which a new one may not be. */
    static boolean isStaleConnection(Exception failure) {
        Throwable root = root(failure);
        return failure instanceof JedisException
                && !(root instanceof JedisDataException)
                && !(root instanceof SocketTimeoutException)
                && !(root instanceof NoSuchElementException);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (!(root instanceof SSLException) && root.getCause() != null) {
            root = root.getCause();
        }
        // Jedis tries each address of a host, and keeps what became of each aside.
        return root.getSuppressed().length == 0 ? root : root(root.getSuppressed()[0]);
    }
}
