// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.footprint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** Has the JVM of an agent say what its native memory is for, after everything else is measured. */
record NativeMemory(MeasuredAgent agent, Consumer<String> print) implements MeasuredAgent {
    @Override
    public String name() {
        return agent.name();
    }

    @Override
    public Process start(TestBed bed, Path scratch, int intervalSeconds) throws Exception {
        return agent.start(bed, scratch, intervalSeconds);
    }

    @Override
    public Map<String, Object> figures(ProcessTree tree) throws Exception {
        Map<String, Object> figures = agent.figures(tree);
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(
                        jcmd, Long.toString(tree.root().pid()), "VM.native_memory", "summary", "scale=KB")
                .redirectErrorStream(true)
                .start();
        print.accept(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        process.waitFor();
        return figures;
    }
}
