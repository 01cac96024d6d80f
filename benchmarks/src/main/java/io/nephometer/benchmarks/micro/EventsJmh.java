// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.micro;

import io.nephometer.benchmarks.Processing;
import io.nephometer.pipeline.decode.Decoded;
import io.nephometer.pipeline.events.EventConverter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From a notification to an event, by the shipped definitions. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(RecordedState.COUNT)
public class EventsJmh {
    private final EventConverter events = Processing.definitions().events();

    @Benchmark
    public void convert(RecordedState recorded, Blackhole sink) {
        for (Decoded.Notified notified : recorded.notified()) {
            sink.consume(events.convert(notified.id(), notified.notification()));
        }
    }

    @Benchmark
    public void jacksonTreeParse(RecordedState recorded, Blackhole sink) {
        recorded.parseAll(sink);
    }
}
