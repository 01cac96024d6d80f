// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowWriterTest {
    private record Reading(String name, @Nullable Double volume) {}

    private static final Layout<Reading> LAYOUT = new Layout<>(
            List.of(Column.text("name", Reading::name), Column.number("volume", Reading::volume)), reading -> {
                Map<String, @Nullable Object> json = new LinkedHashMap<>();
                json.put("name", reading.name());
                json.put("volume", reading.volume());
                return json;
            });

    private final StringWriter text = new StringWriter();

    @Test
    void aTableAlignsItsColumns() {
        print(
                OutputFormat.TABLE,
                Terminal.NONE,
                new Reading("cpu", 1.5),
                new Reading("disk.read", null),
                new Reading("x", 20.0));
        assertThat(text.toString().lines())
                .containsExactly("name       volume", "cpu           1.5", "disk.read", "x            20.0");
    }

    @Test
    void aTableOnATerminalIsCutToItsWidthAndInAPipeIsNot() {
        String name = "n".repeat(200);
        print(OutputFormat.TABLE, new Terminal(true, true, 40), new Reading(name, 1.0));
        assertThat(text.toString().lines())
                .allMatch(line -> line.length() <= 40)
                .anyMatch(line -> line.contains("nnn…  "));
        text.getBuffer().setLength(0);
        print(OutputFormat.TABLE, Terminal.NONE, new Reading(name, 1.0));
        assertThat(text.toString()).contains(name);
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        print(OutputFormat.TABLE, Terminal.NONE, new Reading("a\u001b[2Jb\nc\u202e", 1.0));
        assertThat(text.toString()).contains("a·[2Jb·c·  ");
    }

    @Test
    void aTableIsPrintedBeforeItsEnd() {
        RowWriter<Reading> writer = RowWriter.open(OutputFormat.TABLE, LAYOUT, new PrintWriter(text), Terminal.NONE);
        for (int i = 0; i < TableWriter.WINDOW; i++) {
            writer.write(new Reading("short", 1.0));
        }
        int held = text.toString().length();
        writer.write(new Reading("a name that is longer than all before", 2.0));
        writer.close();
        assertThat(held).isPositive();
        assertThat(text.toString().lines())
                .hasSize(TableWriter.WINDOW + 2)
                .last()
                .asString()
                .startsWith("a name that");
    }

    @Test
    void anEmptyTableHasItsHeading() {
        print(OutputFormat.TABLE, Terminal.NONE);
        assertThat(text.toString().lines()).containsExactly("name  volume");
    }

    @Test
    void jsonLinesHoldOneObjectEachAndAreWrittenAtOnce() {
        RowWriter<Reading> writer = RowWriter.open(OutputFormat.JSONL, LAYOUT, new PrintWriter(text), Terminal.NONE);
        writer.write(new Reading("a\nb", 1.5));
        assertThat(text.toString()).isEqualTo("{\"name\":\"a\\nb\",\"volume\":1.5}\n");
        writer.write(new Reading("c", null));
        writer.close();
        assertThat(text.toString()).endsWith("{\"name\":\"c\",\"volume\":null}\n");
    }

    @Test
    void csvQuotesWhatNeedsIt() {
        print(OutputFormat.CSV, Terminal.NONE, new Reading("a,\"b\"\nc", 1.5), new Reading("plain", null));
        assertThat(text).hasToString("name,volume\n\"a,\"\"b\"\"\nc\",1.5\nplain,\n");
    }

    @Test
    void aReaderThatHasGoneIsNoticed() {
        for (OutputFormat format : OutputFormat.values()) {
            RowWriter<Reading> writer =
                    RowWriter.open(format, LAYOUT, new PrintWriter(new BrokenPipe()), Terminal.NONE);
            for (int i = 0; i <= TableWriter.WINDOW; i++) {
                writer.write(new Reading("x", 1.0));
            }
            assertThat(writer.isAbandoned()).as(format.name()).isTrue();
        }
        assertThat(RowWriter.open(OutputFormat.CSV, LAYOUT, new PrintWriter(text), Terminal.NONE)
                        .isAbandoned())
                .isFalse();
    }

    @Test
    void noBarIsDrawnInAPipe() {
        try (Progress progress = Progress.of("Reading", "B", 100, Terminal.NONE)) {
            progress.advance(50);
            progress.reach(100);
            progress.note("file");
        }
        assertThat(Terminal.detect().columns()).isGreaterThanOrEqualTo(40);
    }

    private void print(OutputFormat format, Terminal terminal, Reading... readings) {
        try (RowWriter<Reading> writer = RowWriter.open(format, LAYOUT, new PrintWriter(text), terminal)) {
            for (Reading reading : readings) {
                writer.write(reading);
            }
        }
    }

    private static final class BrokenPipe extends Writer {
        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            throw new IOException("Broken pipe");
        }

        @Override
        public void flush() throws IOException {
            throw new IOException("Broken pipe");
        }

        @Override
        public void close() {}
    }
}
