// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A libvirt made of Java, behind libvirt's own binary interface: functions that native code could call, memory that it gives
 * away and wants back. It does what is needed to break things that the real one seldom breaks.
 */
@SuppressWarnings({"unused", "restricted"}) // the methods with libvirt's names are found by reflection
final class FakeLibvirt {
    /** A domain. */
    static final class Guest {
        final String uuid;
        final String name;
        volatile int id;
        volatile String xml;
        volatile DomainStatsText stats;
        volatile boolean isBroken;

        Guest(int id, String xml, DomainStatsText stats) {
            this.id = id;
            this.uuid = "00000000-0000-4000-8000-%012d".formatted(id);
            this.name = "instance-%08x".formatted(id);
            this.xml = xml;
            this.stats = stats;
        }
    }

    final List<Guest> guests = new ArrayList<>();
    /** How often each function was called. */
    final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    volatile boolean isReachable = true;
    volatile boolean tellsEvents = true;
    volatile boolean knowsNoWait = true;
    /** The next calls for statistics of all domains wait for it; null for none. */
    volatile @Nullable CountDownLatch hang;
    /** As {@link #hang}, for opening connections. */
    volatile @Nullable CountDownLatch hangOpen;
    /** Counted down when a call begins to hang. */
    volatile CountDownLatch hanging = new CountDownLatch(1);

    private final Set<Long> broken = ConcurrentHashMap.newKeySet();
    private final Set<Long> open = ConcurrentHashMap.newKeySet();
    private final Map<Long, Arena> given = new ConcurrentHashMap<>();
    private final AtomicInteger domainReferences = new AtomicInteger();
    private final Map<Integer, Callback> callbacks = new ConcurrentHashMap<>();
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final AtomicLong next = new AtomicLong(1);
    private final ThreadLocal<MemorySegment> error = ThreadLocal.withInitial(() -> MemorySegment.NULL);

    private record Callback(int event, MemorySegment function, MemorySegment number) {}

    /** What is not given back: memory, references to domains, connections, callbacks. */
    int outstanding() {
        return given.size() + domainReferences.get() + open.size() + callbacks.size();
    }

    int calls(String function) {
        AtomicInteger count = calls.get(function);
        return count == null ? 0 : count.get();
    }

    /** All connections of now are broken. */
    void breakConnections() {
        broken.addAll(open);
    }

    /** Tells that a guest's metadata was changed; returns when it was told. */
    void tellMetadataChanged(Guest guest) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        events.add(() -> {
            for (Callback callback : callbacks.values()) {
                if (callback.event == 23) {
                    call(callback, pointer(guest));
                }
            }
            told.countDown();
        });
        told.await();
    }

    private static void call(Callback callback, MemorySegment domain) {
        FunctionDescriptor shape = FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
        try {
            Linker.nativeLinker()
                    .downcallHandle(callback.function, shape)
                    .invoke(MemorySegment.NULL, domain, 2, MemorySegment.NULL, callback.number);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the functions are found, as in a library. */
    SymbolLookup symbols() {
        Map<String, MemorySegment> functions = new HashMap<>();
        for (Method method : FakeLibvirt.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())) {
                functions.put(method.getName(), function(method));
            }
        }
        return name -> Optional.ofNullable(functions.get(name));
    }

    private MemorySegment function(Method method) {
        try {
            MethodHandle handle = MethodHandles.lookup().unreflect(method).bindTo(this);
            MemoryLayout[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(FakeLibvirt::layout)
                    .toArray(MemoryLayout[]::new);
            FunctionDescriptor shape = method.getReturnType() == void.class
                    ? FunctionDescriptor.ofVoid(arguments)
                    : FunctionDescriptor.of(layout(method.getReturnType()), arguments);
            return Linker.nativeLinker().upcallStub(handle, shape, Arena.global());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MemoryLayout layout(Class<?> type) {
        return type == int.class ? JAVA_INT : ADDRESS;
    }

    public int virInitialize() {
        return 0;
    }

    public void virSetErrorFunc(MemorySegment data, MemorySegment handler) {}

    public int virEventRegisterDefaultImpl() {
        return 0;
    }

    public int virEventRunDefaultImpl() {
        try {
            events.take().run();
            return 0;
        } catch (InterruptedException e) {
            return -1;
        }
    }

    public MemorySegment virGetLastError() {
        return error.get();
    }

    public void virResetLastError() {
        error.set(MemorySegment.NULL);
    }

    private int fail(int code, String message) {
        Arena arena = Arena.global(); // a few texts for the life of the tests
        MemorySegment failure = arena.allocate(64, 8);
        failure.set(JAVA_INT, 0, code);
        failure.set(JAVA_INT, 4, 10);
        failure.set(ADDRESS, 8, arena.allocateFrom(message));
        error.set(failure);
        return -1;
    }

    private void count(String function) {
        calls.computeIfAbsent(function, it -> new AtomicInteger()).incrementAndGet();
    }

    public MemorySegment virConnectOpenReadOnly(MemorySegment uri) {
        count("virConnectOpenReadOnly");
        await(hangOpen);
        if (!isReachable) {
            fail(38, "Failed to connect socket");
            return MemorySegment.NULL;
        }
        long number = next.getAndIncrement();
        open.add(number);
        return MemorySegment.ofAddress(number);
    }

    public MemorySegment virConnectOpen(MemorySegment uri) {
        return virConnectOpenReadOnly(uri);
    }

    public int virConnectClose(MemorySegment connection) {
        open.remove(connection.address());
        return 0;
    }

    public int virConnectIsAlive(MemorySegment connection) {
        return open.contains(connection.address()) && !broken.contains(connection.address()) ? 1 : 0;
    }

    public int virConnectSetKeepAlive(MemorySegment connection, int interval, int count) {
        return fail(3, "not here");
    }

    public int virConnectDomainEventRegisterAny(
            MemorySegment connection,
            MemorySegment domain,
            int event,
            MemorySegment function,
            MemorySegment number,
            MemorySegment free) {
        if (!tellsEvents && event == 23) {
            return fail(3, "no such event");
        }
        int id = (int) next.getAndIncrement();
        callbacks.put(id, new Callback(event, function, number));
        return id;
    }

    public int virConnectDomainEventDeregisterAny(MemorySegment connection, int id) {
        callbacks.remove(id);
        return 0;
    }

    private void await(@Nullable CountDownLatch latch) {
        if (latch != null) {
            hanging.countDown();
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public int virConnectGetAllDomainStats(MemorySegment connection, int groups, MemorySegment result, int flags) {
        count("virConnectGetAllDomainStats");
        await(hang);
        if (broken.contains(connection.address())) {
            return fail(38, "Connection reset by peer");
        }
        if (!knowsNoWait && (flags & 1 << 29) != 0) {
            return fail(8, "unsupported flags (0x20000000)");
        }
        List<Guest> asked = guests.stream()
                .filter(guest -> guest.id != -1 || (flags & 1) == 0)
                .toList();
        return statistics(asked, result);
    }

    public int virDomainListGetStats(MemorySegment domains, int groups, MemorySegment result, int flags) {
        count("virDomainListGetStats");
        MemorySegment array = domains.reinterpret(1 << 20);
        List<Guest> asked = new ArrayList<>();
        for (int i = 0; array.getAtIndex(ADDRESS, i).address() != 0; i++) {
            asked.add(guest(array.getAtIndex(ADDRESS, i)));
        }
        return statistics(asked, result);
    }

    private int statistics(List<Guest> asked, MemorySegment result) {
        for (Guest guest : asked) {
            if (guest.isBroken) {
                return fail(1, guest.name + " is broken");
            }
        }
        Arena arena = Arena.ofShared();
        MemorySegment array = arena.allocate(ADDRESS, asked.size() + 1L);
        for (int i = 0; i < asked.size(); i++) {
            Guest guest = asked.get(i);
            MemorySegment record = arena.allocate(24, 8);
            record.set(ADDRESS, 0, pointer(guest));
            record.set(ADDRESS, 8, guest.stats.inMemory(arena));
            record.set(JAVA_INT, 16, guest.stats.values().size());
            array.setAtIndex(ADDRESS, i, record);
        }
        given.put(array.address(), arena);
        result.reinterpret(8).set(ADDRESS, 0, array);
        return asked.size();
    }

    public void virDomainStatsRecordListFree(MemorySegment array) {
        free(array);
    }

    public void free(MemorySegment memory) {
        Objects.requireNonNull(given.remove(memory.address()), "freed twice, or never given")
                .close();
    }

    public int virConnectListAllDomains(MemorySegment connection, MemorySegment result, int flags) {
        count("virConnectListAllDomains");
        Arena arena = Arena.ofShared();
        MemorySegment array = arena.allocate(ADDRESS, guests.size() + 1L);
        for (int i = 0; i < guests.size(); i++) {
            array.setAtIndex(ADDRESS, i, pointer(guests.get(i)));
            domainReferences.incrementAndGet();
        }
        given.put(array.address(), arena);
        result.reinterpret(8).set(ADDRESS, 0, array);
        return guests.size();
    }

    public int virDomainFree(MemorySegment domain) {
        domainReferences.decrementAndGet();
        return 0;
    }

    public int virDomainGetUUIDString(MemorySegment domain, MemorySegment text) {
        text.reinterpret(37).setString(0, guest(domain).uuid);
        return 0;
    }

    public MemorySegment virDomainGetName(MemorySegment domain) {
        return Arena.global().allocateFrom(guest(domain).name);
    }

    public int virDomainGetID(MemorySegment domain) {
        return guest(domain).id;
    }

    public MemorySegment virDomainGetXMLDesc(MemorySegment domain, int flags) {
        count("virDomainGetXMLDesc");
        String xml = guest(domain).xml;
        if (xml.isEmpty()) {
            fail(42, "Domain not found");
            return MemorySegment.NULL;
        }
        Arena arena = Arena.ofShared();
        MemorySegment text = arena.allocateFrom(xml);
        given.put(text.address(), arena);
        return text;
    }

    private MemorySegment pointer(Guest guest) {
        return MemorySegment.ofAddress(guests.indexOf(guest) + 1L);
    }

    private Guest guest(MemorySegment pointer) {
        return guests.get((int) pointer.address() - 1);
    }
}
