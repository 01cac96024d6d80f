// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.output;

import io.nephometer.runtime.json.Json;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One JSON object per line. */
record JsonLinesWriter<T>(Function<T, Map<String, @Nullable Object>> json, PrintWriter out) implements RowWriter<T> {
    @Override
    public void write(T row) {
        out.print(Json.write(json.apply(row)));
        out.print('\n');
    }

    @Override
    public boolean isAbandoned() {
        return out.checkError();
    }

    @Override
    public void close() {
        out.flush();
    }
}
