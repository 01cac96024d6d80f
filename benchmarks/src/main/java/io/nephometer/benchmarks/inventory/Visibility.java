// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.inventory;

import io.nephometer.inventory.shared.Edition;
import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.HostView;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.openstack.nova.Server;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Reads all hosts of a shared cache again and again, as their agents would, and notes when what is expected of an instance is there. */
final class Visibility implements AutoCloseable {
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final double MILLI = 1e6;

    private final SharedCache cache;
    private final List<String> hosts;
    private final Map<String, Edition> editions = new HashMap<>();
    private final Map<String, Expected> expected = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
    private final AtomicInteger overtaken = new AtomicInteger();
    private final Thread watcher;
    private volatile boolean over;

    /** What somebody did, and when. */
    private record Expected(String text, long nanos) {}

    /** What may fail. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    Visibility(SharedCache cache, List<String> hosts) {
        this.cache = cache;
        this.hosts = hosts;
        this.watcher = Thread.ofPlatform().name("agents").start(() -> unchecked(this::watch));
    }

    static void unchecked(Action action) {
        try {
            action.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on an instance is to have this as its name, or among its metadata. */
    void expect(String id, String text) {
        if (expected.put(id, new Expected(text, System.nanoTime())) != null) {
            overtaken.incrementAndGet();
        }
    }

    private void watch() throws Exception {
        while (!over) {
            for (String host : hosts) {
                HostView view = cache.host(host, editions.get(host));
                if (view.edition() != null) {
                    editions.put(host, view.edition());
                }
                if (view.entries() != null) {
                    look(view.entries());
                }
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }

    private void look(Map<String, Entry> entries) throws Exception {
        long now = System.nanoTime();
        for (Map.Entry<String, Expected> one : Map.copyOf(expected).entrySet()) {
            Entry entry = entries.get(one.getKey());
            if (entry != null
                    && has(
                            InstanceBody.read(entry.body()).server(),
                            one.getValue().text())) {
                millis.add((now - one.getValue().nanos()) / MILLI);
                expected.remove(one.getKey(), one.getValue());
            }
        }
    }

    /** What was seen so far does not count. */
    void begin() {
        millis.clear();
        overtaken.set(0);
    }

    private static boolean has(Server server, String text) {
        return text.equals(server.name()) || server.metadata().containsValue(text);
    }

    /** Returns when all is visible, or the time is over. */
    void await(long nanos) {
        long end = System.nanoTime() + nanos;
        while (!expected.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }

    /** What nobody has seen. */
    int missing() {
        return expected.size() + overtaken.get();
    }

    /** Milliseconds that this part of the changes did not exceed, by the nearest rank; 0 of none. */
    double quantile(double part) {
        List<Double> sorted = millis.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, (int) Math.ceil(part * sorted.size()) - 1));
    }

    @Override
    public void close() {
        over = true;
        try {
            watcher.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
