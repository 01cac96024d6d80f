// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.simulator.http.Handler;
import io.nephometer.simulator.http.HttpListener;
import io.nephometer.simulator.http.Request;
import io.nephometer.simulator.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The APIs of a real cloud, all at one address, that answer by path as they did when they were recorded. */
final class RecordedApis implements AutoCloseable {
    private static final List<String> NAMES = List.of(
            "keystone-token",
            "keystone-projects",
            "glance-images",
            "cinder-volumes-detail",
            "cinder-snapshots-detail",
            "cinder-scheduler-stats-get_pools",
            "cinder-os-services",
            "neutron-floatingips",
            "swift-account");

    private final Map<String, Response> answers = new TreeMap<>();
    private final HttpListener listener;

    RecordedApis() throws IOException {
        for (String name : NAMES) {
            String text = text(name);
            answers.put(text.substring(0, text.indexOf(" HTTP/1.1")).replaceAll("^\\S+ |\\?.*", ""), response(text));
        }
        listener = HttpListener.open("recorded", 0, this::answer);
    }

    String url() {
        return listener.url();
    }

    /** The objects of a list as it was recorded. */
    @SuppressWarnings("unchecked") // lists of objects, as recorded
    static List<Map<String, Object>> list(String name, String field) throws JsonException {
        Map<String, Object> body = (Map<String, Object>)
                Objects.requireNonNull(Json.parse(response(text(name)).body()));
        return (List<Map<String, Object>>) Objects.requireNonNull(body.get(field));
    }

    private Handler.Answer answer(Request request) {
        Response response = answers.getOrDefault(request.path(), Response.text(404, "text/html", "<html>none</html>"));
        String body = response.body().replaceAll("http://127\\.0\\.0\\.1:\\d+", url());
        return new Handler.Answer(new Response(response.status(), response.headers(), body), Handler.Ending.WHOLE);
    }

    private static Response response(String text) {
        String answer = text.substring(text.indexOf("\nHTTP/1.1 ") + 1);
        int end = answer.indexOf("\n\n");
        Map<String, String> headers = new LinkedHashMap<>();
        answer.substring(0, end).lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        });
        headers.keySet().removeAll(List.of("Content-Length", "Connection"));
        return new Response(
                Integer.parseInt(answer.split(" ", 3)[1]),
                headers,
                answer.substring(end + 2).strip());
    }

    private static String text(String name) {
        try (InputStream in = RecordedApis.class.getResourceAsStream("/recorded/" + name + ".http")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
