// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack;

import io.nephometer.openstack.TestHttpServer.Request;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exchange with a real service, as it was recorded, with another token and password.
 *
 * @param version the microversion that was asked for; empty if none
 * @param responseHead status line and headers
 */
public record Recording(
        String method, String path, Map<String, String> query, String version, String responseHead, String body) {
    private static final Pattern VERSION = Pattern.compile("(?m)^X-OpenStack-Nova-API-Version: (.*)$");
    private static final String NEWEST = "2.93";

    /** Reads {@code recorded/NAME.http}. */
    public static Recording of(String name) {
        String text = text(name);
        int response = text.indexOf("\nHTTP/1.1 ") + 1;
        String request = text.substring(0, response);
        int body = text.indexOf("\n\n", response);
        String[] first = request.substring(0, request.indexOf('\n')).split(" ", 3);
        URI target = URI.create(first[1]);
        Matcher version = VERSION.matcher(request);
        return new Recording(
                first[0],
                target.getPath(),
                TestHttpServer.query(target.getRawQuery()),
                version.find() ? version.group(1).replace("latest", NEWEST) : "",
                text.substring(response, body)
                        .replaceAll("(?m)^(Content-Length|Connection): .*\n?", "")
                        .strip(),
                text.substring(body + 2).strip());
    }

    private static String text(String name) {
        try (InputStream in = Recording.class.getResourceAsStream("/recorded/" + name + ".http")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it was the answer to the same question. */
    boolean answers(Request request) {
        return request.method().equals(method)
                && request.path().equals(path)
                && meaning(request.query()).equals(meaning(query))
                && request.headers()
                        .getOrDefault("x-openstack-nova-api-version", "")
                        .equals(version);
    }

    /** The order does not matter for what is compared, and a truth value has several spellings. */
    private static Map<String, String> meaning(Map<String, String> query) {
        Map<String, String> meaning = new TreeMap<>(query);
        meaning.keySet().removeIf(name -> name.startsWith("sort_"));
        meaning.replaceAll((_, value) -> value.equals("True") ? "1" : value);
        return meaning;
    }

    /** The body as a tree. */
    @SuppressWarnings("unchecked") // every recorded answer is an object
    public Map<String, Object> json() {
        try {
            return (Map<String, Object>) Objects.requireNonNull(Json.parse(body));
        } catch (JsonException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The object in a field of the body. */
    @SuppressWarnings("unchecked") // an object, as recorded
    public Map<String, Object> object(String field) {
        return (Map<String, Object>) Objects.requireNonNull(json().get(field));
    }

    /** The objects of a list of the body. */
    @SuppressWarnings("unchecked") // lists of objects, as recorded
    public List<Map<String, Object>> list(String field) {
        return (List<Map<String, Object>>) Objects.requireNonNull(json().get(field));
    }
}
