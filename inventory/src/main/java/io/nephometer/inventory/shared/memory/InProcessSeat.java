// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.memory;

import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.LostSeatException;
import io.nephometer.inventory.shared.NotBegunException;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCacheException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A seat by incarnation and number. */
record InProcessSeat(InProcessSharedCache cache, String holder, String incarnation, long token)
        implements RefresherSeat {
    private void write(InProcessSharedCache.Action action) throws SharedCacheException {
        cache.act((all, revision) -> {
            check(all);
            action.on(all, revision);
        });
    }

    private void check(Contents all) throws LostSeatException {
        if (!isMine(all)) {
            all.refused++;
            String why = all.incarnation.equals(incarnation) ? "another has taken it" : "the cache was emptied";
            throw new LostSeatException("\"" + holder + "\" refreshes no longer: " + why);
        }
    }

    private boolean isMine(Contents all) {
        return all.incarnation.equals(incarnation) && all.seat != null && all.seat.token() == token;
    }

    private Contents.Staging staging(Contents all) throws SharedCacheException {
        Contents.Staging staging = all.staging;
        if (staging == null || staging.token() != token) {
            throw new NotBegunException("\"" + holder + "\" has not begun a second set");
        }
        return staging;
    }

    @Override
    public void renew(Duration ttl) throws SharedCacheException {
        write((all, _) ->
                all.seat = new Seat(holder, token, cache.clock().instant().plus(ttl)));
    }

    @Override
    public void leave() throws SharedCacheException {
        cache.act((all, _) -> {
            if (isMine(all)) {
                all.seat = null;
            }
        });
    }

    @Override
    public List<Amended> amend(List<Amendment> amendments) throws SharedCacheException {
        return cache.step((all, revision) -> {
            check(all);
            return amendments.stream()
                    .map(amendment ->
                            all.amend(amendment, revision, cache.clock().instant()))
                    .toList();
        });
    }

    @Override
    public void stage() throws SharedCacheException {
        write((all, _) -> all.stage(token));
    }

    @Override
    public void fill(Collection<Entry> entries) throws SharedCacheException {
        write((all, revision) -> {
            InstanceSet set = staging(all).set();
            for (Entry entry : entries) {
                if (!all.gone.contains(entry.id())) {
                    set.put(new Entry(entry.id(), entry.host(), revision, entry.body()));
                }
            }
        });
    }

    @Override
    public void unfill(Collection<String> ids) throws SharedCacheException {
        write((all, revision) -> {
            InstanceSet set = staging(all).set();
            ids.forEach(id -> set.remove(id, revision));
        });
    }

    @Override
    public void unstage() throws SharedCacheException {
        write((all, _) -> {
            if (all.staging != null && all.staging.token() == token) {
                all.staging = null;
            }
        });
    }

    @Override
    public Set<String> staged() throws SharedCacheException {
        return cache.step((all, _) -> {
            check(all);
            return staging(all).set().ids();
        });
    }

    @Override
    public Set<String> shown() throws SharedCacheException {
        return cache.step((all, _) -> {
            check(all);
            return all.shown == null ? Set.of() : all.shown.ids();
        });
    }

    @Override
    public Set<String> takeTouched() throws SharedCacheException {
        return cache.step((all, _) -> {
            check(all);
            Set<String> touched = Set.copyOf(staging(all).touched());
            staging(all).touched().clear();
            return touched;
        });
    }

    @Override
    public boolean show(String refreshRecord, long granted) throws SharedCacheException {
        return cache.step((all, _) -> {
            check(all);
            Contents.Staging staging = staging(all);
            if (!staging.touched().isEmpty()) {
                return false;
            }
            all.shown = staging.set();
            all.staging = null;
            all.record(refreshRecord, granted);
            return true;
        });
    }

    @Override
    public void catalog(CatalogShelf shelf, Map<String, String> bodies) throws SharedCacheException {
        write((all, revision) -> all.shelf(shelf).put(bodies, revision));
    }

    @Override
    public void forget(CatalogShelf shelf, Collection<String> ids) throws SharedCacheException {
        write((all, revision) -> all.shelf(shelf).remove(ids, revision));
    }

    @Override
    public void forgetGone(Instant before) throws SharedCacheException {
        write((all, _) -> all.gone.forget(before));
    }

    @Override
    public void revive(Collection<String> ids, Instant before) throws SharedCacheException {
        write((all, _) -> all.gone.revive(ids, before));
    }

    @Override
    public void record(String refreshRecord, long granted) throws SharedCacheException {
        write((all, _) -> all.record(refreshRecord, granted));
    }
}
