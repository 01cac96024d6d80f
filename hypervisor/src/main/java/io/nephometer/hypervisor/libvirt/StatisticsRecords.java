// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/**
 * What one call for statistics gave: an array of pointers to {@code struct _virDomainStatsRecord { virDomainPtr dom;
 * virTypedParameterPtr params; int nparams; }}. It and everything it points to is libvirt's, until it is closed.
 */
final class StatisticsRecords implements AutoCloseable {
    private static final long RECORD_SIZE = 24;
    private static final long PARAMETERS = 8;
    private static final long COUNT = 16;

    private final LibvirtLibrary library;
    private final MemorySegment array;
    private final int size;

    StatisticsRecords(LibvirtLibrary library, MemorySegment array, int size) {
        this.library = library;
        this.array = LibvirtLibrary.sized(array, size * ADDRESS.byteSize());
        this.size = size;
    }

    int size() {
        return size;
    }

    /** The domain that the record is about; valid until the records are closed. */
    DomainHandle domain(int index) {
        return new DomainHandle(library, record(index).get(ADDRESS, 0));
    }

    MemorySegment parameters(int index) {
        MemorySegment record = record(index);
        int count = record.get(JAVA_INT, COUNT);
        return LibvirtLibrary.sized(record.get(ADDRESS, PARAMETERS), count * TypedParameters.SIZE);
    }

    private MemorySegment record(int index) {
        return LibvirtLibrary.sized(LibvirtLibrary.element(array, index), RECORD_SIZE);
    }

    @Override
    public void close() {
        library.virDomainStatsRecordListFree.toNothing(array);
    }
}
