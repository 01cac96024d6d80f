// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;

import io.nephometer.hypervisor.CounterGroup;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks one connection for statistics: of all domains by one call, or of some that are named. */
final class StatisticsCall {
    /** {@code VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE} and {@code VIR_CONNECT_LIST_DOMAINS_ACTIVE}. */
    private static final int ACTIVE = 1;
    /** {@code …_NOWAIT}, libvirt 4.5: what needs a domain that is busy is left out instead of waited for. */
    private static final int NO_WAIT = 1 << 29;

    private static final int STATE = 1;

    private final LibvirtLibrary library;
    private final MemorySegment connection;
    private final CallGuard guard;
    private final CallCounts counts;
    private int patience = NO_WAIT;

    StatisticsCall(LibvirtLibrary library, MemorySegment connection, CallGuard guard, CallCounts counts) {
        this.library = library;
        this.connection = connection;
        this.guard = guard;
        this.counts = counts;
    }

    /** Of all domains that run, or of all if stopped ones are wanted; one call. */
    StatisticsRecords ofAll(Set<CounterGroup> wanted) throws LibvirtException {
        try {
            return ofAll(groups(wanted), states(wanted) | patience);
        } catch (LibvirtException e) {
            if (patience == 0 || e.code() != LibvirtException.INVALID_ARGUMENT) {
                throw e;
            }
            patience = 0; // a driver that does not know the flag; asked only once for each connection
            return ofAll(groups(wanted), states(wanted));
        }
    }

    private StatisticsRecords ofAll(int groups, int flags) throws LibvirtException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ADDRESS);
            NativeFunction call = library.virConnectGetAllDomainStats;
            begin();
            int size = library.check(call, call.toInt(connection, groups, result, flags));
            return new StatisticsRecords(library, result.get(ADDRESS, 0), size);
        }
    }

    /** Of these domains; one call. */
    StatisticsRecords of(List<DomainHandle> domains, Set<CounterGroup> wanted) throws LibvirtException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment array = arena.allocate(ADDRESS, domains.size() + 1L); // ends with a null pointer
            for (int i = 0; i < domains.size(); i++) {
                array.setAtIndex(ADDRESS, i, domains.get(i).pointer());
            }
            MemorySegment result = arena.allocate(ADDRESS);
            NativeFunction call = library.virDomainListGetStats;
            begin();
            int size = library.check(call, call.toInt(array, groups(wanted), result, patience));
            return new StatisticsRecords(library, result.get(ADDRESS, 0), size);
        }
    }

    /** The domains that {@link #ofAll} is about; the caller releases each. */
    List<DomainHandle> list(Set<CounterGroup> wanted) throws LibvirtException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ADDRESS);
            NativeFunction call = library.virConnectListAllDomains;
            guard.begin();
            int size = library.check(call, call.toInt(connection, result, states(wanted)));
            MemorySegment array = LibvirtLibrary.sized(result.get(ADDRESS, 0), size * ADDRESS.byteSize());
            List<DomainHandle> domains = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                domains.add(new DomainHandle(library, LibvirtLibrary.element(array, i)));
            }
            library.free.toNothing(array);
            return domains;
        }
    }

    private void begin() {
        guard.begin();
        counts.statisticsCalls.incrementAndGet();
    }

    private static int states(Set<CounterGroup> wanted) {
        return wanted.contains(CounterGroup.STOPPED) ? 0 : ACTIVE;
    }

    /** {@code virDomainStatsTypes}. The state is always asked for: it costs nothing. */
    private static int groups(Set<CounterGroup> wanted) {
        int groups = STATE;
        for (CounterGroup group : wanted) {
            groups |= switch (group) {
                case CPU -> 1 << 1 | 1 << 3; // of the process, and of its virtual processors
                case MEMORY -> 1 << 2;
                case NETWORK -> 1 << 4;
                case DISK -> 1 << 5;
                case PERF -> 1 << 6;
                case STOPPED -> 0;
            };
        }
        return groups;
    }
}
