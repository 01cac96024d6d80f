// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.micro;

import io.nephometer.benchmarks.Processing;
import io.nephometer.pipeline.decode.Decoded;
import io.nephometer.pipeline.meters.SampleDerivation;
import io.nephometer.pipeline.meters.SampleDeriver;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From a notification to typed samples, by the shipped definitions. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(RecordedState.COUNT)
public class MetersJmh {
    private final SampleDeriver meters = Processing.definitions().meters();

    @Benchmark
    public void derive(RecordedState recorded, Blackhole sink) {
        for (Decoded.Notified notified : recorded.notified()) {
            if (!(meters.derive(notified.notification()) instanceof SampleDerivation.Derived derived)) {
                throw new IllegalStateException("no samples of " + notified.id());
            }
            derived.samples().forEach(sample -> sink.consume(sample.typed(notified.id())));
        }
    }

    @Benchmark
    public void jacksonTreeParse(RecordedState recorded, Blackhole sink) {
        recorded.parseAll(sink);
    }
}
