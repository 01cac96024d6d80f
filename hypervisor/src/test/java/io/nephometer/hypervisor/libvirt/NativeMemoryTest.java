// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.HypervisorException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is taken from the C library's allocator, with libvirt's own test driver in this process. */
@Tag("server")
@Timeout(180)
final class NativeMemoryTest {
    private static final int DOMAINS = 100;
    /** Of one statistics call that is not given back: pointer, record, domain, one parameter or more for each. */
    private static final long LEAST_LEAK = DOMAINS * (8L + 24 + 64 + TypedParameters.SIZE);

    private static final int INSPECTIONS = 1_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void inspectionsGiveBackWhatTheyTake() throws Exception {
        StringBuilder node = new StringBuilder("<node>");
        for (int i = 0; i < DOMAINS; i++) {
            node.append("<domain type='test'><name>d")
                    .append(i)
                    .append("</name><memory>8192</memory><vcpu>1</vcpu>")
                    .append("<os><type arch='i686'>hvm</type></os></domain>");
        }
        Path file = Files.writeString(folder.resolve("domains.xml"), node.append("</node>"));
        LibvirtOptions options = LibvirtOptions.of("test://" + file);
        inspectAll(options, INSPECTIONS, 10); // until everything is compiled and every cache is full
        long before = allocated();
        inspectAll(options, INSPECTIONS, 10);
        assertThat(allocated() - before).isLessThan(INSPECTIONS * LEAST_LEAK / 10);
    }

    private static void inspectAll(LibvirtOptions options, int inspections, int connections)
            throws HypervisorException, InterruptedException {
        for (int i = 0; i < connections; i++) {
            try (LibvirtInspector inspector = new LibvirtInspector(options, Clock.systemUTC(), System::nanoTime)) {
                for (int j = 0; j < inspections / connections; j++) {
                    assertThat(inspector.inspect(Set.of(CounterGroup.CPU)).domains())
                            .hasSize(DOMAINS);
                }
            }
        }
    }

    /** glibc's {@code mallinfo2().uordblks}: bytes in use. */
    @SuppressWarnings("restricted")
    private static long allocated() throws HypervisorException {
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup().find("mallinfo2").orElseThrow();
        MethodHandle mallinfo2 = linker.downcallHandle(
                function, FunctionDescriptor.of(MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG))));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment counts = (MemorySegment) mallinfo2.invoke((SegmentAllocator) arena);
            return counts.getAtIndex(JAVA_LONG, 7);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
