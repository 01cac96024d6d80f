// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.Edition;
import io.nephometer.inventory.shared.ForeignCloudException;
import io.nephometer.inventory.shared.FullCacheException;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.HostView;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A shared cache in Redis 7 or Valkey 7.2, or newer. Its clock, and that of leases, is that of Redis. Connects when it is first asked.
 */
public final class RedisSharedCache implements SharedCache {
    private final RedisLink link;
    private final Replies replies;

    public RedisSharedCache(RedisOptions options) {
        this.link = new RedisLink(options);
        this.replies = new Replies(link.prefix(), options);
    }

    Replies replies() {
        return replies;
    }

    /** Runs a script for who holds no seat. */
    private @Nullable Object run(Script script, List<String> arguments) throws SharedCacheException {
        return run(script, Token.NONE, arguments);
    }

    @Nullable Object run(Script script, Token token, List<String> arguments) throws SharedCacheException {
        Arguments all = new Arguments().add(UUID.randomUUID().toString(), token.incarnation(), token.number());
        return link.run(script, all.add(arguments).list());
    }

    @Override
    public Head head() throws SharedCacheException {
        return replies.head(run(Script.HEAD, List.of()));
    }

    @Override
    public HostView host(String host, @Nullable Edition known) throws SharedCacheException {
        Arguments arguments = new Arguments().add(host);
        if (known != null) {
            arguments.add(known.incarnation(), Long.toString(known.set()), Long.toString(known.version()));
        }
        List<?> reply = replies.list(run(Script.HOST, arguments.list()), "head");
        Head head = replies.head(reply.getFirst());
        if (reply.size() < 2) {
            return new HostView(head, null, null);
        }
        Edition edition = new Edition(head.incarnation(), head.set(), replies.number(reply.get(1), "head"));
        return new HostView(head, edition, reply.size() < 3 ? null : replies.entries(head, host, reply.get(2)));
    }

    @Override
    public Map<String, KnownInstance> instances(Collection<String> ids) throws SharedCacheException {
        List<String> asked = List.copyOf(ids);
        List<?> reply = replies.list(run(Script.INSTANCES, asked), "head");
        Map<String, KnownInstance> found = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            Object one = reply.get(i);
            if (one != null) {
                found.put(asked.get(i), replies.known(asked.get(i), one));
            }
        }
        return Map.copyOf(found);
    }

    @Override
    public Map<String, String> catalog(CatalogShelf shelf, Collection<String> ids) throws SharedCacheException {
        List<String> asked = List.copyOf(ids);
        Arguments arguments = new Arguments().add(Arguments.name(shelf)).add(asked);
        List<?> reply = replies.list(run(Script.CATALOG, arguments.list()), Arguments.name(shelf));
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            if (reply.get(i) instanceof String body) {
                found.put(asked.get(i), body);
            }
        }
        return Map.copyOf(found);
    }

    @Override
    public List<Amended> amend(List<Amendment> amendments) throws SharedCacheException {
        return amended(run(Script.AMEND, arguments(amendments)));
    }

    static List<String> arguments(List<Amendment> amendments) {
        Arguments arguments = new Arguments();
        amendments.forEach(arguments::add);
        return arguments.list();
    }

    List<Amended> amended(@Nullable Object reply) throws SharedCacheException {
        return replies.list(reply, "head").stream()
                .map(answer -> Amended.valueOf(String.valueOf(answer)))
                .toList();
    }

    @Override
    public void wantRefresh(String reason) throws SharedCacheException {
        run(Script.WANT, List.of(reason));
    }

    @Override
    public Optional<RefresherSeat> takeSeat(String holder, String cloud, Duration ttl) throws SharedCacheException {
        Object reply = take(List.of(holder, Arguments.micros(ttl), cloud));
        if (reply == null) {
            return Optional.empty();
        }
        List<?> parts = replies.list(reply, "head");
        if (parts.size() == 1) {
            throw new ForeignCloudException(replies.text(parts.getFirst(), "head"), cloud);
        }
        Token token = new Token(replies.text(parts.getFirst(), "head"), replies.text(parts.getLast(), "head"));
        return Optional.of(new RedisSeat(this, token));
    }

    /**
     * Says that the cloud whose instances these are is known by another name now. Those who refresh ask their Keystone anew then.
     *
     * @return whose it was; empty if nobody said so yet. If that is not {@code from}, nothing was changed
     */
    public Optional<String> adopt(String from, String to) throws SharedCacheException {
        List<?> reply = replies.list(run(Script.ADOPT, List.of(from, to)), "head");
        return reply.isEmpty() ? Optional.empty() : Optional.of(replies.text(reply.getFirst(), "head"));
    }

    /** A full Redis has room again without what a former refresher left half done. */
    private @Nullable Object take(List<String> arguments) throws SharedCacheException {
        try {
            return run(Script.TAKE_SEAT, arguments);
        } catch (FullCacheException _) {
            run(Script.SWEEP, List.of());
            return run(Script.TAKE_SEAT, arguments);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
