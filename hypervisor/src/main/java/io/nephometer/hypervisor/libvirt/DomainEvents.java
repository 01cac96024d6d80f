// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.util.Objects.requireNonNull;

import io.nephometer.runtime.config.DurationText;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libvirt's loop of events, on a thread of its own for the life of the process. It sends and answers keep-alive messages, so
 * that a dead connection is noticed, and tells who wants to know of domains whose description changed.
 *
 * <p>The functions that libvirt calls are made once. They find their listener by the number that libvirt hands back to them.
 */
final class DomainEvents {
    private static final Logger LOG = LoggerFactory.getLogger(DomainEvents.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /**
     * What is listened to: domains that come, go or are defined anew; devices; metadata.
     *
     * @param id {@code virDomainEventID}
     * @param particulars arguments between the domain and the listener's number
     */
    private record Kind(int id, List<MemoryLayout> particulars) {
        static final List<Kind> ALL = List.of(
                new Kind(0, List.of(JAVA_INT, JAVA_INT)),
                new Kind(15, List.of(ADDRESS)),
                new Kind(19, List.of(ADDRESS)),
                new Kind(23, List.of(JAVA_INT, ADDRESS)));
    }

    private final LibvirtLibrary library;
    private final Map<Long, Consumer<String>> listeners = new ConcurrentHashMap<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private final Map<Kind, MemorySegment> callbacks = new HashMap<>();

    DomainEvents(LibvirtLibrary library) {
        this.library = library;
        Kind.ALL.forEach(kind -> callbacks.put(kind, callback(kind)));
    }

    /** Starts the loop. */
    void start() {
        Thread.ofPlatform().name("libvirt-events").daemon().start(this::run);
    }

    private void run() {
        while (true) {
            if (library.virEventRunDefaultImpl.toInt() < 0) {
                LOG.warn(
                        "libvirt's loop of events failed; it is run again in {}",
                        DurationText.print(PAUSE_AFTER_FAILURE));
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    /**
     * Tells {@code changed} the UUID of each domain whose description may have changed, on the thread of the loop.
     *
     * @throws LibvirtException if the hypervisor does not tell of changes
     */
    Subscription subscribe(MemorySegment connection, Consumer<String> changed) throws LibvirtException {
        Subscription subscription = new Subscription(connection, lastNumber.incrementAndGet());
        listeners.put(subscription.number, changed);
        try {
            for (Kind kind : Kind.ALL) {
                subscription.register(kind);
            }
            return subscription;
        } catch (LibvirtException e) {
            subscription.close();
            throw e;
        }
    }

    /** What was asked of one connection. */
    final class Subscription implements AutoCloseable {
        private final MemorySegment connection;
        private final long number;
        private final List<Integer> registered = new ArrayList<>();

        private Subscription(MemorySegment connection, long number) {
            this.connection = connection;
            this.number = number;
        }

        private void register(Kind kind) throws LibvirtException {
            NativeFunction register = library.virConnectDomainEventRegisterAny;
            registered.add(library.check(
                    register,
                    register.toInt(
                            connection,
                            MemorySegment.NULL,
                            kind.id,
                            requireNonNull(callbacks.get(kind)),
                            MemorySegment.ofAddress(number),
                            MemorySegment.NULL)));
        }

        /** Must come before the connection is closed, which stays open otherwise. */
        @Override
        public void close() {
            listeners.remove(number);
            registered.forEach(id -> library.virConnectDomainEventDeregisterAny.toInt(connection, id));
            registered.clear();
        }
    }

    /** {@code (connection, domain, particulars…, number)}; for libvirt to call. */
    @SuppressWarnings("restricted")
    private MemorySegment callback(Kind kind) {
        List<MemoryLayout> layouts = new ArrayList<>(List.of(ADDRESS, ADDRESS));
        layouts.addAll(kind.particulars);
        layouts.add(ADDRESS);
        FunctionDescriptor shape = FunctionDescriptor.ofVoid(layouts.toArray(MemoryLayout[]::new));
        List<Class<?>> arguments = shape.toMethodType().parameterList();
        MethodHandle afterConnection = MethodHandles.dropArguments(CHANGED.bindTo(this), 0, MemorySegment.class);
        MethodHandle full = MethodHandles.dropArguments(afterConnection, 2, arguments.subList(2, arguments.size() - 1));
        return Linker.nativeLinker().upcallStub(full, shape, Arena.global());
    }

    private static final MethodHandle CHANGED = changedHandle();

    private static MethodHandle changedHandle() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(
                            DomainEvents.class,
                            "changed",
                            MethodType.methodType(void.class, MemorySegment.class, MemorySegment.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings({"unused", "CatchingUnchecked"}) // called by its handle; an exception would end the process
    private void changed(MemorySegment domain, MemorySegment number) {
        try {
            Consumer<String> listener = listeners.get(number.address());
            if (listener != null) {
                listener.accept(DomainHandle.uuid(library, domain));
            }
        } catch (LibvirtException | RuntimeException e) {
            LOG.warn("An event of libvirt was lost", e);
        }
    }
}
