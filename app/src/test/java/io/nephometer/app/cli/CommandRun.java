// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.Main;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of the program within this process. */
record CommandRun(int exitCode, String out, String err) {
    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int exitCode = Main.run(writer, new PrintWriter(err, true), arguments);
        writer.flush();
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** Checks that it is done, without a word on standard error. */
    CommandRun done() {
        assertThat(err).isEmpty();
        return exits(ExitCode.DONE);
    }

    CommandRun exits(int expected) {
        assertThat(exitCode).as(out + err).isEqualTo(expected);
        return this;
    }

    List<String> lines() {
        return out.lines().toList();
    }

    /** Its output as JSON lines. */
    List<Map<String, @Nullable Object>> objects() throws JsonException {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (String line : lines()) {
            objects.add(object(line));
        }
        return objects;
    }

    private static Map<String, @Nullable Object> object(String line) throws JsonException {
        if (Json.parse(line) instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // the JSON reader makes maps with text keys only
            Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) map;
            return object;
        }
        throw new AssertionError("not an object: " + line);
    }
}
