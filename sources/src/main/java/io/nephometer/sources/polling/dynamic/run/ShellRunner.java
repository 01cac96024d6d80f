// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs commands with {@code /bin/sh}: whoever may write definitions may then do what this process may. Safe for several threads. */
public final class ShellRunner implements CommandRunner {
    /** Of what a command writes. */
    static final int MOST_BYTES = 16 << 20;

    @Override
    public String run(String command, Duration timeout) throws FetchException, InterruptedException {
        Process process = start(command);
        CompletableFuture<byte[]> output = new CompletableFuture<>();
        Thread.ofVirtual().name("host-command").start(() -> output.complete(read(process)));
        try {
            byte[] written = output.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (written.length > MOST_BYTES) {
                throw new FetchException("the command wrote more than " + MOST_BYTES + " bytes");
            }
            String text = new String(written, StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (TimeoutException e) {
            throw new FetchException("the command did not end within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading fails no other way", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Process start(String command) throws FetchException {
        try {
            return new ProcessBuilder("/bin/sh", "-c", command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
        } catch (IOException e) {
            throw new FetchException("the command cannot be run: " + e.getMessage());
        }
    }

    private static byte[] read(Process process) {
        try (InputStream output = process.getInputStream()) {
            return output.readNBytes(MOST_BYTES + 1);
        } catch (IOException _) {
            return new byte[0]; // it was ended because its time was up
        }
    }
}
