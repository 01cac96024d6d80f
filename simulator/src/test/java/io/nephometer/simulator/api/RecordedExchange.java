// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A request to a real OpenStack (Zed) and its answer.
 *
 * @param target path and query
 */
record RecordedExchange(
        String method,
        String target,
        Map<String, String> headers,
        String body,
        int status,
        Map<String, String> responseHeaders,
        String responseBody) {

    static RecordedExchange load(String name) throws IOException {
        String path = "/recorded/" + name + ".http";
        try (InputStream in = Objects.requireNonNull(RecordedExchange.class.getResourceAsStream(path), path)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int answer = text.indexOf("\nHTTP/1.1 ") + 1;
            String[] request = text.substring(0, answer).split("\n\n", 2);
            String[] response = text.substring(answer).split("\n\n", 2);
            List<String> first = request[0].lines().toList();
            String[] line = first.getFirst().split(" ", -1);
            List<String> second = response[0].lines().toList();
            int status = Integer.parseInt(second.getFirst().substring(9, 12));
            return new RecordedExchange(
                    line[0], line[1], headers(first), request[1].strip(), status, headers(second), response[1].strip());
        }
    }

    private static Map<String, String> headers(List<String> lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }
}
