// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer while its body arrives. */
public final class Incoming {
    private final int status;
    private final Function<String, Optional<String>> headers;
    private final InputStream body;
    private final ServiceTime asOf;

    Incoming(int status, Function<String, Optional<String>> headers, InputStream body, ServiceTime asOf) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.asOf = asOf;
    }

    /** 2xx, or 404 if that may be. */
    public int status() {
        return status;
    }

    public Optional<String> header(String name) {
        return headers.apply(name);
    }

    /** When the service began to work on it. */
    public ServiceTime asOf() {
        return asOf;
    }

    /** The body as it is, whatever its type; once only. */
    public byte[] bytes() {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the body; once only. */
    public <T extends @Nullable Object> T json(JsonCursor.DocumentReader<T> reader) throws AnswerException {
        Optional<String> type = header("Content-Type");
        if (type.isPresent() && !type.get().contains("json")) {
            throw new AnswerException("expected JSON, found " + type.get().replaceFirst("\\s*;.*", ""));
        }
        return JsonCursor.read(body, reader);
    }
}
