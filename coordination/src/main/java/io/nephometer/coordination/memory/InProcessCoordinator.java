// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Presence;
import io.nephometer.coordination.Registration;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** For the members of one process, which share this object. It cannot fail, and forgets all with the process. Thread-safe. */
public final class InProcessCoordinator implements Coordinator {
    private final Duration lease;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Runnable> watchers = new ConcurrentHashMap<>();

    @GuardedBy("lock") private final List<Lease> leases = new ArrayList<>();

    @GuardedBy("lock") private long revision;

    public InProcessCoordinator(Duration lease, Ticker ticker) {
        this.lease = lease;
        this.ticker = ticker;
    }

    private record Lease(Presence presence, long end) {}

    private record Seen(Members members, boolean changed) {}

    @Override
    public Members beat(Member me) {
        Seen seen;
        lock.lock();
        try {
            long before = revision;
            expire();
            renew(me);
            seen = seen(before);
        } finally {
            lock.unlock();
        }
        return told(seen);
    }

    @Override
    public Members members() {
        Seen seen;
        lock.lock();
        try {
            long before = revision;
            expire();
            seen = seen(before);
        } finally {
            lock.unlock();
        }
        return told(seen);
    }

    @Override
    public void leave(Member me) {
        Seen seen;
        lock.lock();
        try {
            long before = revision;
            expire();
            if (leases.removeIf(one -> isOf(one, me))) {
                revision++;
            }
            seen = seen(before);
        } finally {
            lock.unlock();
        }
        told(seen);
    }

    /** Not under the lock. */
    private Members told(Seen seen) {
        if (seen.changed()) {
            watchers.values().forEach(Runnable::run);
        }
        return seen.members();
    }

    private static boolean isOf(Lease lease, Member member) {
        return lease.presence().member().isSameProcess(member);
    }

    @GuardedBy("lock") private Seen seen(long before) {
        return new Seen(new Members(leases.stream().map(Lease::presence).toList(), revision), revision != before);
    }

    @GuardedBy("lock") private void renew(Member me) {
        Optional<Presence> mine = leases.stream()
                .filter(one -> isOf(one, me))
                .map(Lease::presence)
                .findFirst();
        if (!mine.map(Presence::member).equals(Optional.of(me))) {
            revision++;
        }
        long joined = mine.map(Presence::joined).orElse(revision);
        leases.removeIf(one -> isOf(one, me));
        leases.add(new Lease(new Presence(me, joined), ticker.nanos() + lease.toNanos()));
    }

    @GuardedBy("lock") private void expire() {
        long now = ticker.nanos();
        for (Iterator<Lease> each = leases.iterator(); each.hasNext(); ) {
            if (each.next().end() - now <= 0) {
                each.remove();
                revision++;
            }
        }
    }

    @Override
    public Registration watch(Runnable changed) {
        Object registration = new Object();
        watchers.put(registration, changed);
        return () -> watchers.remove(registration);
    }

    @Override
    public Duration lease() {
        return lease;
    }

    @Override
    public void close() {
        watchers.clear();
    }
}
