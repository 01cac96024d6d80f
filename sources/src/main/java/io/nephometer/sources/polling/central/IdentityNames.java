// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.keystone.KeystoneClient;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What projects and users are called. Nobody waits for Keystone: both lists are read aside, again when they are an hour old, and sooner, once, for
 * an id that turned up since. If Keystone does not tell, what was known stays. Thread-safe.
 */
public final class IdentityNames {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityNames.class);
    private static final Duration REMINDER = Duration.ofHours(1);
    private static final Duration EXPIRY = Duration.ofHours(1);
    /** Between two readings of a list, whatever it lacks. */
    private static final Duration REST = Duration.ofMinutes(10);

    private final Names projects;
    private final Names users;

    /**
     * Asks nothing yet.
     *
     * @param aside where Keystone is asked
     */
    public IdentityNames(KeystoneClient keystone, Ticker ticker, Executor aside) {
        projects = new Names("projects", each -> keystone.projects(false, Reason.DISCOVERY, each), ticker, aside);
        users = new Names("users", each -> keystone.users(Reason.DISCOVERY, each), ticker, aside);
    }

    /** Begins to read both lists, so that the first samples may be named already. */
    public void look() {
        projects.ask();
        users.ask();
    }

    /** Null if Keystone has not told of such a project. */
    @Nullable String project(String id) {
        return projects.of(id);
    }

    /** Null if Keystone has not told of such a user. */
    @Nullable String user(String id) {
        return users.of(id);
    }

    @FunctionalInterface
    private interface Lister {
        void list(Consumer<Map<String, @Nullable Object>> each) throws ApiException;
    }

    private static final class Names {
        private final Lister lister;
        private final Ticker ticker;
        private final Executor aside;
        private final StateLog log;
        /** Ids that the list lacked, and when that was seen first. */
        private final Map<String, Long> lacking = new ConcurrentHashMap<>();

        private final AtomicBoolean asking = new AtomicBoolean();
        private volatile Map<String, String> known = Map.of();
        /** When the last reading began. */
        private volatile @Nullable Long asked;

        private volatile boolean failed;

        Names(String what, Lister lister, Ticker ticker, Executor aside) {
            this.lister = lister;
            this.ticker = ticker;
            this.aside = aside;
            this.log = new StateLog(LOG, "names of " + what, REMINDER, ticker);
        }

        @Nullable String of(String id) {
            if (isDue(id)) {
                ask();
            }
            return known.get(id);
        }

        private boolean isDue(String id) {
            Long last = asked;
            if (last == null) {
                return true;
            }
            long now = ticker.nanos();
            if (now - last >= EXPIRY.toNanos()) {
                lacking.clear();
                return true;
            }
            if (known.containsKey(id)) {
                return false;
            }
            boolean isNew = lacking.computeIfAbsent(id, _ -> now) - last > 0;
            return (isNew || failed) && now - last >= REST.toNanos();
        }

        void ask() {
            if (asking.compareAndSet(false, true)) {
                asked = ticker.nanos();
                aside.execute(this::read);
            }
        }

        private void read() {
            try {
                Map<String, String> told = new HashMap<>();
                lister.list(entry -> {
                    if (entry.get("id") instanceof String id && entry.get("name") instanceof String name) {
                        told.put(id, name);
                    }
                });
                known = told;
                failed = false;
                log.well("read");
            } catch (ApiException e) {
                failed = true;
                log.trouble(e.failure().label(), e.getMessage() + "; those that are known stay");
            } finally {
                asking.set(false);
            }
        }
    }
}
