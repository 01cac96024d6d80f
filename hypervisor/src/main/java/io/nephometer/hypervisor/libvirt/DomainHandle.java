// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A {@code virDomainPtr}. What it knows of itself costs no message to the hypervisor, but for the XML. */
record DomainHandle(LibvirtLibrary library, MemorySegment pointer) {
    private static final int UUID_BYTES = 37;

    String uuid() throws LibvirtException {
        return uuid(library, pointer);
    }

    static String uuid(LibvirtLibrary library, MemorySegment domain) throws LibvirtException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(UUID_BYTES);
            library.check(library.virDomainGetUUIDString, library.virDomainGetUUIDString.toInt(domain, text));
            return text.getString(0);
        }
    }

    String name() throws LibvirtException {
        return LibvirtLibrary.text(
                library.check(library.virDomainGetName, library.virDomainGetName.toPointer(pointer)));
    }

    /** Another one at each start; -1 while it does not run. */
    int id() {
        int id = library.virDomainGetID.toInt(pointer);
        if (id == -1) {
            library.virResetLastError.toNothing();
        }
        return id;
    }

    /** As it is now, without passwords. */
    String xml() throws LibvirtException {
        MemorySegment text =
                library.check(library.virDomainGetXMLDesc, library.virDomainGetXMLDesc.toPointer(pointer, 0));
        try {
            return LibvirtLibrary.text(text);
        } finally {
            library.free.toNothing(text);
        }
    }

    void release() {
        library.virDomainFree.toInt(pointer);
    }
}
