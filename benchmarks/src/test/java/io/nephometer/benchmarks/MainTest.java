// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void listNamesEveryBenchmark() {
        assertThat(run("list")).isZero();
        assertThat(out.toString(UTF_8)).contains("counting", "Counts its options");
    }

    @Test
    void theLastLineIsJson() {
        assertThat(run("counting", "a", "b")).isZero();
        assertThat(out.toString(UTF_8).lines()).containsExactly("counting …", "{\"options\":2}");
    }

    @Test
    void helpMeasuresNothing() {
        assertThat(run("counting", "--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("Counts its options").doesNotContain("counting …");
    }

    @Test
    void anUnknownNameIsWrongUsage() {
        assertThat(run("unheard-of")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("unheard-of");
    }

    @Test
    void wrongOptionsAreWrongUsage() {
        assertThat(run("counting", "wrong")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("counting: wrong");
    }

    @Test
    void aFailureShowsItsTrace() {
        assertThat(run("counting", "fail")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("IllegalStateException");
    }

    @Test
    void everyBenchmarkHasANameOfItsOwnAndExplainsItsOptions() {
        List<Benchmark> all = Benchmarks.all();
        assertThat(all).extracting(Benchmark::name).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(it -> assertThat(it.usage()).contains(it.name(), "--"));
    }

    @Test
    void anUnknownOptionIsWrongUsage() {
        Benchmark first = Benchmarks.all().getFirst();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> first.run(List.of("--unheard-of"), new PrintStream(err, true, UTF_8)))
                .withMessageContaining("--unheard-of");
    }

    private int run(String... args) {
        return new Main(List.of(new Counting()), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(List.of(args));
    }

    private static final class Counting implements Benchmark {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public String description() {
            return "Counts its options";
        }

        @Override
        public Map<String, Object> run(List<String> options, PrintStream progress) {
            if (options.contains("wrong")) {
                throw new IllegalArgumentException("wrong");
            }
            if (options.contains("fail")) {
                throw new IllegalStateException("asked to fail");
            }
            progress.println("counting …");
            return Map.of("options", (long) options.size());
        }
    }
}
