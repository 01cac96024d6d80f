// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.hypervisor.HypervisorException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * libvirt in this process: its functions and its loop of events. Both are there once for the whole process, since libvirt's own
 * state is, and stay until the process ends.
 */
final class Libvirt {
    private static final String LIBRARY = "libvirt.so.0";
    private static final ReentrantLock LOCK = new ReentrantLock();

    @GuardedBy("LOCK") private static @Nullable Libvirt shared;

    private final LibvirtLibrary library;
    private final DomainEvents events;

    private Libvirt(LibvirtLibrary library, DomainEvents events) {
        this.library = library;
        this.events = events;
    }

    LibvirtLibrary library() {
        return library;
    }

    DomainEvents events() {
        return events;
    }

    /**
     * The system's libvirt; loaded when it is first asked for, and looked for again if it was not there.
     *
     * @throws HypervisorException NO_LIBRARY
     */
    static Libvirt system() throws HypervisorException {
        LOCK.lock();
        try {
            Libvirt known = shared;
            if (known == null) {
                known = start(find());
                shared = known;
            }
            return known;
        } finally {
            LOCK.unlock();
        }
    }

    @SuppressWarnings("restricted") // loads the library that this package is about
    private static SymbolLookup find() throws HypervisorException {
        try {
            return SymbolLookup.libraryLookup(LIBRARY, Arena.global())
                    .or(Linker.nativeLinker().defaultLookup());
        } catch (IllegalArgumentException e) {
            throw new HypervisorException(
                    HypervisorException.Kind.NO_LIBRARY,
                    "there is no " + LIBRARY
                            + " (Debian's package libvirt0): nothing is measured until it is installed",
                    e);
        }
    }

    /**
     * Starts a libvirt whose functions are found in {@code symbols}.
     *
     * @throws HypervisorException NO_LIBRARY if one is missing, or it does not start
     */
    static Libvirt start(SymbolLookup symbols) throws HypervisorException {
        try {
            LibvirtLibrary library = new LibvirtLibrary(symbols);
            library.virSetErrorFunc.toNothing(MemorySegment.NULL, silence());
            library.check(library.virInitialize, library.virInitialize.toInt());
            library.check(library.virEventRegisterDefaultImpl, library.virEventRegisterDefaultImpl.toInt());
            DomainEvents events = new DomainEvents(library);
            events.start();
            return new Libvirt(library, events);
        } catch (LibvirtException | NoSuchElementException e) {
            throw new HypervisorException(
                    HypervisorException.Kind.NO_LIBRARY, LIBRARY + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** What libvirt calls with each error instead of printing it. */
    @SuppressWarnings("restricted")
    private static MemorySegment silence() {
        MethodHandle nothing =
                MethodHandles.empty(MethodType.methodType(void.class, MemorySegment.class, MemorySegment.class));
        return Linker.nativeLinker().upcallStub(nothing, FunctionDescriptor.ofVoid(ADDRESS, ADDRESS), Arena.global());
    }
}
