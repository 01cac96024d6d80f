// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.micro;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.libvirt.StatisticsDecoder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From the typed parameters that libvirt gives for a hundred running domains to their counters: once per cycle of polling. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DomainsJmh {
    static final int DOMAINS = 100;

    private final Set<CounterGroup> wanted = EnumSet.allOf(CounterGroup.class);
    private final StatisticsDecoder decoder = new StatisticsDecoder();
    private final List<MemorySegment> domains = IntStream.range(0, DOMAINS)
            .mapToObj(number -> DomainStatistics.inMemory(Arena.global(), number))
            .toList();
    private final byte[] copies = new byte[(int) domains.getFirst().byteSize()];

    @Benchmark
    public void decode(Blackhole sink) {
        for (MemorySegment domain : domains) {
            sink.consume(decoder.decode(domain, wanted));
        }
    }

    @Benchmark
    public void copy(Blackhole sink) {
        MemorySegment target = MemorySegment.ofArray(copies);
        for (MemorySegment domain : domains) {
            target.copyFrom(domain);
            sink.consume(copies);
        }
    }
}
