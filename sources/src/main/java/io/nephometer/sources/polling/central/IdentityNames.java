// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.keystone.KeystoneClient;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What projects and users are called. Both lists are read at once, again when they are an hour old, and sooner for an id that they
 * lack; if Keystone does not tell, what was known stays. Thread-safe.
 */
public final class IdentityNames {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityNames.class);
    private static final Duration REMINDER = Duration.ofHours(1);
    private static final Duration EXPIRY = Duration.ofHours(1);
    /** Between two readings of a list, whatever it lacks. */
    private static final Duration REST = Duration.ofMinutes(10);

    private final Names projects;
    private final Names users;

    /** Asks nothing yet. */
    public IdentityNames(KeystoneClient keystone, Ticker ticker) {
        projects = new Names("projects", each -> keystone.projects(false, Reason.DISCOVERY, each), ticker);
        users = new Names("users", each -> keystone.users(Reason.DISCOVERY, each), ticker);
    }

    /** Null if Keystone tells of no such project, or cannot be asked. */
    @Nullable String project(String id) {
        return projects.of(id);
    }

    /** Null if Keystone tells of no such user, or cannot be asked. */
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
        private final StateLog log;
        /** Held while Keystone is asked: who comes meanwhile would only ask the same. */
        private final ReentrantLock lock = new ReentrantLock();

        @GuardedBy("lock") private Map<String, String> known = Map.of();

        @GuardedBy("lock") private @Nullable Long asked;

        Names(String what, Lister lister, Ticker ticker) {
            this.lister = lister;
            this.ticker = ticker;
            this.log = new StateLog(LOG, "names of " + what, REMINDER, ticker);
        }

        @Nullable String of(String id) {
            lock.lock();
            try {
                Long last = asked;
                long age = last == null ? Long.MAX_VALUE : ticker.nanos() - last;
                if (age >= (known.containsKey(id) ? EXPIRY : REST).toNanos()) {
                    ask();
                }
                return known.get(id);
            } finally {
                lock.unlock();
            }
        }

        @GuardedBy("lock") private void ask() {
            asked = ticker.nanos();
            Map<String, String> told = new HashMap<>();
            try {
                lister.list(entry -> {
                    if (entry.get("id") instanceof String id && entry.get("name") instanceof String name) {
                        told.put(id, name);
                    }
                });
                known = told;
                log.well("read");
            } catch (ApiException e) {
                log.trouble(e.failure().label(), e.getMessage() + "; those that are known stay");
            }
        }
    }
}
