// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.Edition;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.HostView;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shared cache for those who share a process: the role {@code all}, and simulated clouds. No call copies more than the host, or the
 * ids, that it is asked for. Its clock is also that of leases.
 */
public final class InProcessSharedCache implements SharedCache {
    private final InstantSource clock;
    private final Object lock = new Object();

    @GuardedBy("lock") private Contents contents = new Contents();

    /** Not part of the contents: no revision comes again after the cache was emptied. */
    @GuardedBy("lock") private long revision;

    public InProcessSharedCache(InstantSource clock) {
        this.clock = clock;
    }

    /** A step of the cache on its contents. */
    @FunctionalInterface
    interface Step<T> {
        T on(Contents contents, long revision) throws SharedCacheException;
    }

    /** Takes one step; nobody sees half of it. */
    <T> T step(Step<T> step) throws SharedCacheException {
        synchronized (lock) {
            return step.on(contents, ++revision);
        }
    }

    /** A step without a result. */
    @FunctionalInterface
    interface Action {
        void on(Contents contents, long revision) throws SharedCacheException;
    }

    /** Takes one step that answers nothing. */
    void act(Action action) throws SharedCacheException {
        synchronized (lock) {
            action.on(contents, ++revision);
        }
    }

    InstantSource clock() {
        return clock;
    }

    /** Forgets everything, as a server without persistence does when it starts again. */
    public void empty() {
        synchronized (lock) {
            contents = new Contents();
        }
    }

    @Override
    public Head head() throws SharedCacheException {
        return step((all, _) -> all.head(clock.instant()));
    }

    @Override
    public HostView host(String host, @Nullable Edition known) throws SharedCacheException {
        return step((all, _) -> {
            Head head = all.head(clock.instant());
            InstanceSet set = all.shown;
            if (set == null) {
                return new HostView(head, null, null);
            }
            Edition edition = new Edition(all.incarnation, set.number(), set.version(host));
            return new HostView(head, edition, edition.equals(known) ? null : set.entries(host));
        });
    }

    @Override
    public Map<String, KnownInstance> instances(Collection<String> ids) throws SharedCacheException {
        return step((all, _) -> {
            Map<String, KnownInstance> found = new HashMap<>();
            for (String id : ids) {
                KnownInstance known = all.known(id, clock.instant());
                if (known != null) {
                    found.put(id, known);
                }
            }
            return Map.copyOf(found);
        });
    }

    @Override
    public Map<String, String> catalog(CatalogShelf shelf, Collection<String> ids) throws SharedCacheException {
        return step((all, _) -> all.shelf(shelf).of(ids));
    }

    @Override
    public List<Amended> amend(List<Amendment> amendments) throws SharedCacheException {
        return step((all, next) -> amendments.stream()
                .map(amendment -> all.amend(amendment, next, clock.instant()))
                .toList());
    }

    @Override
    public void wantRefresh(String reason) throws SharedCacheException {
        act((all, _) -> all.want(reason));
    }

    @Override
    public Optional<RefresherSeat> takeSeat(String holder, String cloud, Duration ttl) throws SharedCacheException {
        return step((all, _) -> {
            all.checkIsOf(cloud);
            Instant now = clock.instant();
            Seat seat = all.seat;
            if (seat != null && seat.isTakenFrom(holder, now)) {
                return Optional.empty();
            }
            long token = seat != null && seat.holder().equals(holder) ? seat.token() : ++all.tokens;
            all.seat = new Seat(holder, token, now.plus(ttl));
            all.cloud = cloud.isEmpty() ? all.cloud : cloud;
            return Optional.of(new InProcessSeat(this, holder, all.incarnation, token));
        });
    }

    /**
     * Says that the cloud whose instances these are is known by another name now.
     *
     * @return whose it was; empty if nobody said so yet. If that is not {@code from}, nothing was changed
     */
    public Optional<String> adopt(String from, String to) throws SharedCacheException {
        return step((all, _) -> {
            String held = all.cloud;
            all.cloud = from.equals(held) ? to : held;
            return Optional.ofNullable(held);
        });
    }

    /** Nothing: what is held lives as long as the process. */
    @Override
    public void close() {}
}
