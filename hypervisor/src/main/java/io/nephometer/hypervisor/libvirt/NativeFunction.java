// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;

/** One function of a native library. */
final class NativeFunction {
    private final String name;
    private final MethodHandle handle;

    private NativeFunction(String name, MethodHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    /** @throws NoSuchElementException if the library has none of that name */
    @SuppressWarnings("restricted") // what this class is for; the shapes are those of libvirt's header files
    static NativeFunction find(SymbolLookup library, String name, FunctionDescriptor shape) {
        MemorySegment address =
                library.find(name).orElseThrow(() -> new NoSuchElementException("libvirt has no function " + name));
        return new NativeFunction(name, Linker.nativeLinker().downcallHandle(address, shape));
    }

    String name() {
        return name;
    }

    /** Calls a function that gives an {@code int}. */
    int toInt(Object... arguments) {
        return (int) invoke(arguments);
    }

    /** Calls a function that gives a pointer. */
    MemorySegment toPointer(Object... arguments) {
        return (MemorySegment) invoke(arguments);
    }

    /** Calls a function that gives nothing. */
    void toNothing(Object... arguments) {
        invoke(arguments);
    }

    private Object invoke(Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call threw", e); // native code has no exceptions of Java
        }
    }
}
