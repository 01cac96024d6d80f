// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.micro;

import io.nephometer.benchmarks.Processing;
import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.decode.NotificationDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From the bytes of a message to a notification: envelope, both JSON stages, masking of secrets, hash, tree. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(RecordedState.COUNT)
public class DecodeJmh {
    private final NotificationDecoder decoder = Processing.decoder();

    @Benchmark
    public void decode(RecordedState recorded, Blackhole sink) {
        for (RawMessage message : recorded.messages()) {
            sink.consume(decoder.decode(message));
        }
    }

    @Benchmark
    public void jacksonTreeParse(RecordedState recorded, Blackhole sink) {
        recorded.parseAll(sink);
    }
}
