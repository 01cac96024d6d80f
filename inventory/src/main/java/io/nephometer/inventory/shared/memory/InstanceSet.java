// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.memory;

import io.nephometer.inventory.shared.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Instances by id, and by host. Not thread-safe. */
final class InstanceSet {
    private final long number;
    private final Map<String, Entry> byId = new HashMap<>();
    private final Map<String, Host> byHost = new HashMap<>();

    InstanceSet(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    @Nullable Entry get(String id) {
        return byId.get(id);
    }

    /** Its ids, as they are now. */
    Set<String> ids() {
        return Set.copyOf(byId.keySet());
    }

    /** Puts an entry with a new revision, which becomes the version of the host that it enters, and of the one that it leaves. */
    void put(Entry entry) {
        Entry before = byId.put(entry.id(), entry);
        if (before != null && !before.host().equals(entry.host())) {
            host(before.host()).remove(before.id(), entry.revision());
        }
        host(entry.host()).put(entry);
    }

    /** Removes an entry, if there is one of this id. */
    void remove(String id, long revision) {
        Entry before = byId.remove(id);
        if (before != null) {
            host(before.host()).remove(id, revision);
        }
    }

    /** Grows with every change of the host; 0 if nothing ever was there. */
    long version(String name) {
        Host host = byHost.get(name);
        return host == null ? 0 : host.version;
    }

    /** The entries of a host by id; immutable, and the same object until one changes. */
    Map<String, Entry> entries(String name) {
        Host host = byHost.get(name);
        return host == null ? Map.of() : host.shown();
    }

    private Host host(String name) {
        return byHost.computeIfAbsent(name, _ -> new Host());
    }

    private static final class Host {
        private final Map<String, Entry> entries = new HashMap<>();
        private long version;
        private @Nullable Map<String, Entry> shown;

        void put(Entry entry) {
            entries.put(entry.id(), entry);
            changed(entry.revision());
        }

        void remove(String id, long revision) {
            entries.remove(id);
            changed(revision);
        }

        private void changed(long revision) {
            version = revision;
            shown = null;
        }

        Map<String, Entry> shown() {
            Map<String, Entry> copy = shown;
            if (copy == null) {
                copy = Map.copyOf(entries);
                shown = copy;
            }
            return copy;
        }
    }
}
