// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads requests from one connection. */
final class RequestReader {
    private static final int MAX_LINE = 16_384;
    private static final int MAX_BODY = 1 << 20;

    private final InputStream in;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** The next request; null if the connection was closed instead. */
    @Nullable Request read() throws IOException {
        String first = line();
        if (first == null) {
            return null;
        }
        String[] parts = first.split(" ", -1);
        if (parts.length != 3) {
            throw new ProtocolException("not a request line: " + first);
        }
        Map<String, String> headers = headers();
        URI target = URI.create(parts[1]);
        String query = target.getRawQuery();
        String path = target.getPath();
        return new Request(
                parts[0], path.isEmpty() ? "/" : path, Query.parse(query == null ? "" : query), headers, body(headers));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        String line = line();
        while (line != null && !line.isEmpty()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("not a header: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
            line = line();
        }
        return headers;
    }

    private String body(Map<String, String> headers) throws IOException {
        if (headers.containsKey("transfer-encoding")) {
            throw new ProtocolException("only bodies with Content-Length are understood here");
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        if (length > MAX_BODY) {
            throw new ProtocolException("a body of " + length + " bytes; at most " + MAX_BODY + " are read");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.length() > MAX_LINE) {
                throw new ProtocolException("a line of more than " + MAX_LINE + " bytes");
            }
            line.append((char) next);
            next = in.read();
        }
        return line.toString().strip();
    }
}
