// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/**
 * The functions of libvirt that are called, by their own names and in their own terms. libvirt keeps errors per thread of the
 * operating system, so a failed call and the look at its error happen on one platform thread.
 */
final class LibvirtLibrary {
    /** {@code struct _virError}: {@code int code; int domain; char *message; …}. */
    private static final long ERROR_DOMAIN = 4;

    private static final long ERROR_MESSAGE = 8;
    private static final long ERROR_SIZE = 16;
    private static final long MAX_TEXT = 1 << 24;

    final NativeFunction virInitialize;
    final NativeFunction virSetErrorFunc;
    final NativeFunction virGetLastError;
    final NativeFunction virResetLastError;
    final NativeFunction virEventRegisterDefaultImpl;
    final NativeFunction virEventRunDefaultImpl;
    final NativeFunction virConnectOpen;
    final NativeFunction virConnectOpenReadOnly;
    final NativeFunction virConnectClose;
    final NativeFunction virConnectIsAlive;
    final NativeFunction virConnectSetKeepAlive;
    final NativeFunction virConnectListAllDomains;
    final NativeFunction virConnectGetAllDomainStats;
    final NativeFunction virDomainListGetStats;
    final NativeFunction virDomainStatsRecordListFree;
    final NativeFunction virConnectDomainEventRegisterAny;
    final NativeFunction virConnectDomainEventDeregisterAny;
    final NativeFunction virDomainFree;
    final NativeFunction virDomainGetUUIDString;
    final NativeFunction virDomainGetName;
    final NativeFunction virDomainGetID;
    final NativeFunction virDomainGetXMLDesc;
    /** Of the C library: libvirt gives away texts that the caller frees. */
    final NativeFunction free;

    /** @param symbols where libvirt's functions and {@code free} are found */
    LibvirtLibrary(SymbolLookup symbols) {
        virInitialize = find(symbols, "virInitialize", gives(JAVA_INT));
        virSetErrorFunc = find(symbols, "virSetErrorFunc", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
        virGetLastError = find(symbols, "virGetLastError", gives(ADDRESS));
        virResetLastError = find(symbols, "virResetLastError", FunctionDescriptor.ofVoid());
        virEventRegisterDefaultImpl = find(symbols, "virEventRegisterDefaultImpl", gives(JAVA_INT));
        virEventRunDefaultImpl = find(symbols, "virEventRunDefaultImpl", gives(JAVA_INT));
        virConnectOpen = find(symbols, "virConnectOpen", gives(ADDRESS, ADDRESS));
        virConnectOpenReadOnly = find(symbols, "virConnectOpenReadOnly", gives(ADDRESS, ADDRESS));
        virConnectClose = find(symbols, "virConnectClose", gives(JAVA_INT, ADDRESS));
        virConnectIsAlive = find(symbols, "virConnectIsAlive", gives(JAVA_INT, ADDRESS));
        virConnectSetKeepAlive = find(symbols, "virConnectSetKeepAlive", gives(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
        virConnectListAllDomains =
                find(symbols, "virConnectListAllDomains", gives(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        virConnectGetAllDomainStats =
                find(symbols, "virConnectGetAllDomainStats", gives(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
        virDomainListGetStats =
                find(symbols, "virDomainListGetStats", gives(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
        virDomainStatsRecordListFree =
                find(symbols, "virDomainStatsRecordListFree", FunctionDescriptor.ofVoid(ADDRESS));
        virConnectDomainEventRegisterAny = find(
                symbols,
                "virConnectDomainEventRegisterAny",
                gives(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
        virConnectDomainEventDeregisterAny =
                find(symbols, "virConnectDomainEventDeregisterAny", gives(JAVA_INT, ADDRESS, JAVA_INT));
        virDomainFree = find(symbols, "virDomainFree", gives(JAVA_INT, ADDRESS));
        virDomainGetUUIDString = find(symbols, "virDomainGetUUIDString", gives(JAVA_INT, ADDRESS, ADDRESS));
        virDomainGetName = find(symbols, "virDomainGetName", gives(ADDRESS, ADDRESS));
        virDomainGetID = find(symbols, "virDomainGetID", gives(JAVA_INT, ADDRESS));
        virDomainGetXMLDesc = find(symbols, "virDomainGetXMLDesc", gives(ADDRESS, ADDRESS, JAVA_INT));
        free = find(symbols, "free", FunctionDescriptor.ofVoid(ADDRESS));
    }

    private static NativeFunction find(SymbolLookup symbols, String name, FunctionDescriptor shape) {
        return NativeFunction.find(symbols, name, shape);
    }

    private static FunctionDescriptor gives(MemoryLayout result, MemoryLayout... arguments) {
        return FunctionDescriptor.of(result, arguments);
    }

    /** The number that the function gave; what is below 0 is a failure. */
    int check(NativeFunction function, int result) throws LibvirtException {
        if (result < 0) {
            throw lastError(function);
        }
        return result;
    }

    /** The pointer that the function gave; null is a failure. */
    MemorySegment check(NativeFunction function, MemorySegment result) throws LibvirtException {
        if (result.address() == 0) {
            throw lastError(function);
        }
        return result;
    }

    private LibvirtException lastError(NativeFunction function) {
        MemorySegment pointer = virGetLastError.toPointer();
        if (pointer.address() == 0) {
            return new LibvirtException(function.name(), 0, 0, "failed without saying why");
        }
        MemorySegment error = sized(pointer, ERROR_SIZE);
        LibvirtException failure = new LibvirtException(
                function.name(),
                error.get(JAVA_INT, 0),
                error.get(JAVA_INT, ERROR_DOMAIN),
                text(error.get(ADDRESS, ERROR_MESSAGE)));
        virResetLastError.toNothing();
        return failure;
    }

    /** A text of libvirt's; empty if there is none. */
    static String text(MemorySegment pointer) {
        return pointer.address() == 0 ? "" : sized(pointer, MAX_TEXT).getString(0);
    }

    /** The pointer at an index of an array of pointers. */
    static MemorySegment element(MemorySegment array, long index) {
        return array.get(ValueLayout.ADDRESS, index * ADDRESS.byteSize());
    }

    /** What the pointer points to, of the size that libvirt's header files say it has. */
    @SuppressWarnings("restricted")
    static MemorySegment sized(MemorySegment pointer, long bytes) {
        return pointer.reinterpret(bytes);
    }
}
