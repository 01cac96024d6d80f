// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Presence;
import io.nephometer.coordination.Registration;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Members as keys that live as long as their leases. A beat keeps the lease alive and then reads all, which needs most nodes of the cluster:
 * a node that is cut off from the others cannot tell who is there. Thread-safe.
 */
public final class EtcdCoordinator implements Coordinator {
    private static final int LIMIT_PART = 3;

    private final Duration lease;
    private final MemberKeys keys;
    private final KeyWatch watch;
    private final EtcdLink link;
    /** By key: the lease that it was put under last. */
    private final Map<ByteSequence, Long> leases = new ConcurrentHashMap<>();
    /** By key: when it was put last, by revision. */
    private final Map<ByteSequence, Long> joined = new ConcurrentHashMap<>();

    /** @param lease etcd knows whole seconds: it may end up to one later */
    public EtcdCoordinator(EtcdOptions options, Duration lease, Ticker ticker) {
        this.lease = lease;
        this.keys = new MemberKeys(options.prefix());
        this.watch = new KeyWatch(keys.all());
        this.link = new EtcdLink(options, lease.dividedBy(LIMIT_PART), ticker, watch::connected);
    }

    @Override
    public Members beat(Member me) throws CoordinationException {
        Members members = link.run("take the beat of " + me.name(), session -> beat(session, me));
        watch.ensure();
        return members;
    }

    private Members beat(EtcdSession session, Member me)
            throws ExecutionException, TimeoutException, InterruptedException {
        ByteSequence key = keys.key(me);
        boolean kept = keep(session, leases.get(key));
        Members members = list(session);
        Optional<Presence> mine = members.of(me);
        if (kept && mine.map(Presence::member).equals(Optional.of(me))) {
            return members;
        }
        if (kept && mine.isPresent()) {
            return put(session, me, key);
        }
        return join(session, me, key, kept);
    }

    private Members join(EtcdSession session, Member me, ByteSequence key, boolean kept)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (!kept) {
            leases.put(key, grant(session));
        }
        Members members = put(session, me, key);
        long before = joined.getOrDefault(key, 0L);
        if (joined(members, me) == before) {
            // An etcd that was rebuilt counts from one again, and a key that outlived its lease is not ours.
            session.await(session.client().getKVClient().delete(key));
            members = put(session, me, key);
        }
        joined.put(key, joined(members, me));
        return members;
    }

    private static long joined(Members members, Member me) {
        return members.of(me).map(Presence::joined).orElse(0L);
    }

    private Members put(EtcdSession session, Member me, ByteSequence key)
            throws ExecutionException, TimeoutException, InterruptedException {
        PutOption option =
                PutOption.builder().withLeaseId(leases.getOrDefault(key, 0L)).build();
        session.await(session.client().getKVClient().put(key, keys.value(me), option));
        return list(session);
    }

    private static boolean keep(EtcdSession session, @Nullable Long id)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (id == null) {
            return false;
        }
        try {
            session.await(session.client().getLeaseClient().keepAliveOnce(id));
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() != null && EtcdFailure.isNotFound(e.getCause())) {
                return false;
            }
            throw e;
        }
    }

    private long grant(EtcdSession session) throws ExecutionException, TimeoutException, InterruptedException {
        long seconds = Math.max(1, lease.plusMillis(999).toSeconds());
        return session.await(session.client().getLeaseClient().grant(seconds)).getID();
    }

    private Members list(EtcdSession session) throws ExecutionException, TimeoutException, InterruptedException {
        GetOption option = GetOption.builder().isPrefix(true).build();
        GetResponse found = session.await(session.client().getKVClient().get(keys.all(), option));
        long revision = found.getHeader().getRevision();
        watch.seen(revision);
        List<Presence> live = found.getKvs().stream()
                .map(keys::presence)
                .flatMap(Optional::stream)
                .toList();
        return new Members(live, revision);
    }

    @Override
    public Members members() throws CoordinationException {
        return link.run("list members", this::list);
    }

    @Override
    public void leave(Member me) throws CoordinationException {
        ByteSequence key = keys.key(me);
        link.run("let " + me.name() + " leave", session -> {
            session.await(session.client().getKVClient().delete(key));
            Long id = leases.remove(key);
            if (id != null) {
                revoke(session, id);
            }
            return me;
        });
    }

    private static void revoke(EtcdSession session, long id)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            session.await(session.client().getLeaseClient().revoke(id));
        } catch (ExecutionException e) {
            if (e.getCause() == null || !EtcdFailure.isNotFound(e.getCause())) {
                throw e;
            }
        }
    }

    @Override
    public Registration watch(Runnable changed) {
        return watch.add(changed);
    }

    @Override
    public Duration lease() {
        return lease;
    }

    @Override
    public void close() {
        watch.close();
        link.close();
    }
}
