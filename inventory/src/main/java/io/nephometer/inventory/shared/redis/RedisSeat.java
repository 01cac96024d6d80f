// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCacheException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A seat, as long as Redis takes its token for that of the seat. Thread-safe. */
final class RedisSeat implements RefresherSeat {
    /** Entries that go into the second set at a time: Redis does nothing else meanwhile. */
    private static final int AT_A_TIME = 500;

    private static final String NO_BATCH = "0";

    private final RedisSharedCache cache;
    private final Token token;
    private final Steps steps = new Steps();
    /** The last answer to {@link #takeTouched} that we got. */
    private volatile String batch = NO_BATCH;

    RedisSeat(RedisSharedCache cache, Token token) {
        this.cache = cache;
        this.token = token;
    }

    private @Nullable Object run(Script script, List<String> arguments) throws SharedCacheException {
        long step = steps.begin();
        Object reply = cache.run(script, token.with(steps.text(step)), arguments);
        if (script.isStep()) {
            steps.confirm(step);
        }
        return reply;
    }

    private Set<String> ids(@Nullable Object reply) throws SharedCacheException {
        Set<String> ids = new HashSet<>();
        for (Object id : cache.replies().list(reply, "set:…:at")) {
            ids.add(cache.replies().text(id, "set:…:at"));
        }
        return ids;
    }

    @Override
    public void renew(Duration ttl) throws SharedCacheException {
        run(Script.RENEW, List.of(Arguments.micros(ttl)));
    }

    @Override
    public void leave() throws SharedCacheException {
        run(Script.LEAVE, List.of());
    }

    @Override
    public List<Amended> amend(List<Amendment> amendments) throws SharedCacheException {
        return cache.amended(run(Script.SEAT_AMEND, RedisSharedCache.arguments(amendments)));
    }

    @Override
    public void stage() throws SharedCacheException {
        run(Script.STAGE, List.of());
        batch = NO_BATCH;
    }

    @Override
    public void fill(Collection<Entry> entries) throws SharedCacheException {
        List<Entry> all = List.copyOf(entries);
        int from = 0;
        do {
            int to = Math.min(all.size(), from + AT_A_TIME);
            Arguments arguments = new Arguments();
            all.subList(from, to).forEach(entry -> arguments.add(entry.id(), entry.host(), entry.body()));
            run(Script.FILL, arguments.list());
            from = to;
        } while (from < all.size());
    }

    @Override
    public void unfill(Collection<String> ids) throws SharedCacheException {
        run(Script.UNFILL, List.copyOf(ids));
    }

    @Override
    public void unstage() throws SharedCacheException {
        run(Script.UNSTAGE, List.of());
    }

    @Override
    public Set<String> staged() throws SharedCacheException {
        return ids(run(Script.STAGED, List.of()));
    }

    @Override
    public Set<String> shown() throws SharedCacheException {
        return ids(run(Script.SHOWN, List.of()));
    }

    @Override
    public Set<String> takeTouched() throws SharedCacheException {
        List<?> reply = cache.replies().list(run(Script.TAKE_TOUCHED, List.of(batch)), "touched");
        Set<String> touched = ids(reply.getLast());
        batch = cache.replies().text(reply.getFirst(), "head");
        return touched;
    }

    @Override
    public boolean show(String refreshRecord, long granted) throws SharedCacheException {
        Object reply = run(Script.SHOW, List.of(refreshRecord, Long.toString(granted), batch));
        return cache.replies().number(reply, "head") == 1;
    }

    @Override
    public void catalog(CatalogShelf shelf, Map<String, String> bodies) throws SharedCacheException {
        Arguments arguments = new Arguments().add(Arguments.name(shelf));
        bodies.forEach(arguments::add);
        run(Script.PUT_CATALOG, arguments.list());
    }

    @Override
    public void forget(CatalogShelf shelf, Collection<String> ids) throws SharedCacheException {
        run(Script.FORGET, new Arguments().add(Arguments.name(shelf)).add(ids).list());
    }

    @Override
    public void forgetGone(Instant before) throws SharedCacheException {
        run(Script.FORGET_GONE, List.of(Arguments.millis(before)));
    }

    @Override
    public void revive(Collection<String> ids, Instant before) throws SharedCacheException {
        run(
                Script.REVIVE,
                new Arguments().add(Arguments.millis(before)).add(ids).list());
    }

    @Override
    public void record(String refreshRecord, long granted) throws SharedCacheException {
        run(Script.RECORD, List.of(refreshRecord, Long.toString(granted)));
    }
}
