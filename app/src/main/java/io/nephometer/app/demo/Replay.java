// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import io.nephometer.sources.files.RecordedLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the demonstration sends: the recorded notifications of a real cloud in their order, with three broken messages put in
 * and one in a hundred sent twice. The same every time.
 *
 * @param messages in the order of sending
 * @param recorded how many of them are recorded notifications, each counted once
 * @param broken how many cannot be read
 * @param repeated how many are second copies
 */
record Replay(List<RawMessage> messages, int recorded, int broken, int repeated) {
    private static final List<String> RECORDINGS = List.of("exercise-1.jsonl.gz", "exercise-3.jsonl.gz");
    private static final long SEED = 20261122;
    private static final int ONE_IN = 100;

    Replay {
        messages = List.copyOf(messages);
    }

    /** The recordings without any fault. */
    static Replay clean() {
        List<RawMessage> recorded = recordings();
        return new Replay(recorded, recorded.size(), 0, 0);
    }

    /** The recordings with the faults put in. */
    static Replay withFaults() {
        List<RawMessage> recorded = recordings();
        Random random = new Random(SEED);
        List<RawMessage> messages = new ArrayList<>();
        int repeated = 0;
        for (RawMessage message : recorded) {
            messages.add(message);
            if (random.nextInt(ONE_IN) == 0) {
                // The copy comes a little later than the original, as a redelivery does.
                int back = Math.min(messages.size(), random.nextInt(20));
                messages.add(messages.get(messages.size() - 1 - Math.min(back, messages.size() - 1)));
                repeated++;
            }
        }
        List<RawMessage> broken = broken(recorded.getFirst());
        for (int i = 0; i < broken.size(); i++) {
            messages.add(messages.size() * (i + 1) / (broken.size() + 1), broken.get(i));
        }
        return new Replay(messages, recorded.size(), broken.size(), repeated);
    }

    /** Cut in the middle, not UTF-8, and without its message id. */
    private static List<RawMessage> broken(RawMessage sample) {
        byte[] whole = sample.body().toArray();
        byte[] notUtf8 = whole.clone();
        notUtf8[whole.length / 2] = (byte) 0xff;
        String nameless = sample.body().toText().replace("\\\"message_id\\\"", "\\\"message_uid\\\"");
        return List.of(
                sample.withBody(Bytes.wrap(Arrays.copyOf(whole, whole.length / 2))),
                sample.withBody(Bytes.wrap(notUtf8)),
                sample.withBody(Bytes.utf8(nameless)));
    }

    private static List<RawMessage> recordings() {
        List<RawMessage> messages = new ArrayList<>();
        for (String name : RECORDINGS) {
            try (BufferedReader lines = open(name)) {
                lines.lines()
                        .map(line -> RecordedLine.read(line.getBytes(StandardCharsets.UTF_8)))
                        .forEach(messages::add);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the packaged recording " + name, e);
            }
        }
        return messages;
    }

    private static BufferedReader open(String name) throws IOException {
        @Nullable InputStream zipped = Replay.class.getResourceAsStream(name);
        if (zipped == null) {
            throw new IOException("missing in this build");
        }
        return new BufferedReader(new InputStreamReader(new GZIPInputStream(zipped), StandardCharsets.UTF_8));
    }
}
