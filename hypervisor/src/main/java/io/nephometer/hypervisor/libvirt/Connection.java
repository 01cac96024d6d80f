// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.InterfaceCounters;
import io.nephometer.runtime.Ticker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open connection to a hypervisor. For the one thread that opened it. */
final class Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** A message after this many seconds of silence, and the end after this many without an answer. */
    private static final int KEEP_ALIVE_SECONDS = 5;

    private static final int KEEP_ALIVE_COUNT = 5;

    private final LibvirtLibrary library;
    private final MemorySegment pointer;
    private final StatisticsCall statistics;
    private final Descriptions descriptions;
    private final StatisticsDecoder decoder = new StatisticsDecoder();
    private DomainEvents.@Nullable Subscription subscription;

    private Connection(LibvirtLibrary library, MemorySegment pointer, CallGuard guard, CallCounts counts) {
        this.library = library;
        this.pointer = pointer;
        this.statistics = new StatisticsCall(library, pointer, guard, counts);
        this.descriptions = new Descriptions(guard, counts);
    }

    static Connection open(Libvirt libvirt, LibvirtOptions options, CallGuard guard, CallCounts counts)
            throws LibvirtException {
        LibvirtLibrary library = libvirt.library();
        NativeFunction open = options.readOnly() ? library.virConnectOpenReadOnly : library.virConnectOpen;
        guard.begin();
        MemorySegment pointer;
        try (Arena arena = Arena.ofConfined()) {
            pointer = library.check(open, open.toPointer(arena.allocateFrom(options.uri())));
        }
        return new Connection(library, pointer, guard, counts);
    }

    /** Switches keep-alive messages on, and asks to be told of changes; once, before the first inspection. */
    void listen(DomainEvents events, String uri) {
        if (library.virConnectSetKeepAlive.toInt(pointer, KEEP_ALIVE_SECONDS, KEEP_ALIVE_COUNT) < 0) {
            library.virResetLastError.toNothing(); // a hypervisor inside this process needs none
        }
        try {
            subscription = events.subscribe(pointer, descriptions::changed);
        } catch (LibvirtException e) {
            descriptions.changesAreNotTold();
            LOG.info("{} does not tell of changes, so descriptions are read again in turns: {}", uri, e.getMessage());
        }
    }

    /** Whether it can still be used; costs no message. */
    boolean isAlive() {
        int alive = library.virConnectIsAlive.toInt(pointer);
        if (alive < 0) {
            library.virResetLastError.toNothing();
        }
        return alive == 1;
    }

    /**
     * Measures all domains.
     *
     * @param readingTime nanoseconds for descriptions; what takes longer is left to the next inspection
     */
    Inspection inspect(Set<CounterGroup> wanted, InstantSource clock, Ticker ticker, long readingTime)
            throws LibvirtException {
        Pass pass = new Pass(wanted, clock.instant(), ticker, readingTime);
        try (StatisticsRecords records = statistics.ofAll(wanted)) {
            pass.read(records);
        } catch (LibvirtException e) {
            if (!isAlive() || e.code() == LibvirtException.NO_SUPPORT) {
                throw e;
            }
            pass.readInParts();
        }
        return pass.end();
    }

    /** One inspection. */
    private final class Pass {
        private final Set<CounterGroup> wanted;
        private final Instant measured;
        private final Ticker ticker;
        private final long end;
        private final List<Domain> domains = new ArrayList<>();
        private final List<DomainFault> faults = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();

        Pass(Set<CounterGroup> wanted, Instant measured, Ticker ticker, long readingTime) {
            this.wanted = wanted;
            this.measured = measured;
            this.ticker = ticker;
            this.end = ticker.nanos() + readingTime;
        }

        void read(StatisticsRecords records) throws LibvirtException {
            for (int i = 0; i < records.size(); i++) {
                DomainHandle domain = records.domain(i);
                add(domain, domain.uuid(), decoder.decode(records.parameters(i), wanted));
            }
        }

        private void add(DomainHandle domain, String uuid, DomainCounters counters) throws LibvirtException {
            if (!seen.add(uuid)) {
                return; // read before a call for more of them failed
            }
            boolean mayRead = ticker.nanos() < end;
            Described described = descriptions.of(uuid, domain, taps(counters), mayRead);
            domains.add(new Domain(
                    uuid,
                    domain.name(),
                    counters.state(),
                    described.description(),
                    counters.cpu(),
                    counters.memory(),
                    counters.disks(),
                    counters.interfaces(),
                    counters.perf()));
            if (described.fault() != null) {
                faults.add(described.fault());
            }
            if (!counters.missing().isEmpty()) {
                faults.add(new DomainFault(
                        uuid, DomainFault.Kind.NO_COUNTERS, "no counters, or not all, of " + counters.missing()));
            }
        }

        private @Nullable List<String> taps(DomainCounters counters) {
            boolean isSaid =
                    wanted.contains(CounterGroup.NETWORK) && !counters.missing().contains(CounterGroup.NETWORK);
            return isSaid
                    ? counters.interfaces().stream().map(InterfaceCounters::tap).toList()
                    : null;
        }

        /** One domain may be the reason why all were refused. */
        void readInParts() throws LibvirtException {
            List<DomainHandle> all = statistics.list(wanted);
            try {
                Bisection.halves(
                        all,
                        some -> {
                            try (StatisticsRecords records = statistics.of(some, wanted)) {
                                read(records);
                            }
                        },
                        this::blame);
            } finally {
                all.forEach(DomainHandle::release);
            }
        }

        private void blame(DomainHandle domain, LibvirtException cause) throws LibvirtException {
            if (!isAlive()) {
                throw cause;
            }
            faults.add(
                    new DomainFault(nameOf(domain), DomainFault.Kind.NO_COUNTERS, String.valueOf(cause.getMessage())));
        }

        private String nameOf(DomainHandle domain) throws LibvirtException {
            try {
                return domain.uuid();
            } catch (LibvirtException e) {
                return domain.name();
            }
        }

        Inspection end() {
            descriptions.retain(seen);
            return new Inspection(measured, domains, faults);
        }
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
        library.virConnectClose.toInt(pointer);
    }
}
