// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import io.nephometer.hypervisor.DomainFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions of domains, of one connection. One is read when the domain is new, was started, has other interfaces, or when
 * libvirt said that something of it changed. Where libvirt does not say that, the oldest few are read at each inspection, so
 * that each is at most {@value #INSPECTIONS_PER_ROUND} inspections old.
 *
 * <p>For one thread, but for {@link #changed}.
 */
final class Descriptions {
    static final int INSPECTIONS_PER_ROUND = 20;

    private final CallGuard guard;
    private final CallCounts counts;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    /** In the order of reading, the oldest first. */
    private final Map<String, Known> known = new LinkedHashMap<>();

    private boolean areChangesTold = true;

    /**
     * A description as it was read.
     *
     * @param domainId libvirt's number of this run of the domain
     * @param taps the interfaces it had then; null if nobody asked for them yet
     */
    private record Known(int domainId, @Nullable List<String> taps, Described described) {
        boolean isOf(int id, @Nullable List<String> now) {
            return domainId == id && (now == null || taps == null || now.equals(taps));
        }
    }

    Descriptions(CallGuard guard, CallCounts counts) {
        this.guard = guard;
        this.counts = counts;
    }

    /** The description of this domain is to be read again; from any thread. */
    void changed(String domain) {
        changed.add(domain);
    }

    /** libvirt does not tell of changes. */
    void changesAreNotTold() {
        areChangesTold = false;
    }

    /**
     * The description of a domain, read if need be.
     *
     * @param taps its interfaces of now; null if they were not asked for
     * @param mayRead false if there is no time left for it
     */
    Described of(String uuid, DomainHandle domain, @Nullable List<String> taps, boolean mayRead) {
        Known before = known.get(uuid);
        int id = domain.id();
        boolean isCurrent = before != null && before.isOf(id, taps) && !changed.contains(uuid);
        if (before != null && (isCurrent || !mayRead)) {
            if (isCurrent && before.taps() == null && taps != null) {
                known.replace(uuid, new Known(id, taps, before.described()));
            }
            return before.described();
        }
        if (!mayRead) {
            return missing(uuid, "there was no time left to read it");
        }
        changed.remove(uuid); // before it is read: what changes meanwhile makes it read again
        try {
            Described read = read(uuid, domain);
            known.remove(uuid);
            known.put(uuid, new Known(id, taps, read));
            return read;
        } catch (LibvirtException e) {
            known.remove(uuid);
            return missing(uuid, String.valueOf(e.getMessage()));
        }
    }

    private Described read(String uuid, DomainHandle domain) throws LibvirtException {
        guard.begin();
        counts.descriptionsRead.incrementAndGet();
        return DomainXml.describe(uuid, domain.xml());
    }

    private static Described missing(String uuid, String why) {
        return Described.faulty(null, uuid, DomainFault.Kind.NO_DESCRIPTION, why);
    }

    /** An inspection is over that saw these domains: forgets the others, and lets the next one read the oldest again. */
    void retain(Set<String> domains) {
        known.keySet().retainAll(domains);
        changed.retainAll(domains);
        if (!areChangesTold) {
            int share = Math.ceilDiv(known.size(), INSPECTIONS_PER_ROUND);
            known.keySet().stream().limit(share).forEach(changed::add);
        }
    }
}
