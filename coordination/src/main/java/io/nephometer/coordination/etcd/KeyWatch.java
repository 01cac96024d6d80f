// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.etcd;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.nephometer.coordination.Registration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hints at changes below a prefix. It watches by whichever client is used, as long as somebody listens. Thread-safe. */
final class KeyWatch {
    private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);

    private final ByteSequence prefix;
    private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private @Nullable Client client;

    @GuardedBy("lock") private Watch.@Nullable Watcher watcher;

    /** What was seen last: changes after it are hinted at. */
    private volatile long seen;

    KeyWatch(ByteSequence prefix) {
        this.prefix = prefix;
    }

    Registration add(Runnable changed) {
        Object registration = new Object();
        listeners.put(registration, changed);
        ensure();
        return () -> listeners.remove(registration);
    }

    /** From now on by this client; that of before is gone. */
    void connected(Client now) {
        lock.lock();
        try {
            client = now;
            watcher = null;
        } finally {
            lock.unlock();
        }
    }

    /** Members were seen as of a revision. */
    void seen(long revision) {
        seen = revision;
    }

    /** Watches, if somebody listens and it does not. What it did not see while it did not watch, the next beat shows. */
    void ensure() {
        lock.lock();
        try {
            Client now = client;
            boolean watches = watcher != null && !watcher.isClosed();
            if (now != null && !watches && !listeners.isEmpty()) {
                watcher = watching(now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Null if this client cannot: it was thrown away meanwhile, and we shall be told of another. A watch is worth no beat. */
    private Watch.@Nullable Watcher watching(Client by) {
        WatchOption option =
                WatchOption.builder().isPrefix(true).withRevision(seen + 1).build();
        try {
            return by.getWatchClient().watch(prefix, option, Watch.listener(_ -> hint(), _ -> {}));
        } catch (RuntimeException e) {
            LOG.debug("No watch of {}; beats show what changes", prefix, e);
            return null;
        }
    }

    private void hint() {
        listeners.values().forEach(Runnable::run);
    }

    void close() {
        listeners.clear();
    }
}
