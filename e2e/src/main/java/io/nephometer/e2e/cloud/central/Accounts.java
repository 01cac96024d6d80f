// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import static io.nephometer.openstack.api.ServiceType.OBJECT_STORE;

import io.nephometer.e2e.cloud.rest.Fields;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Accounts of Swift, one of each project. */
final class Accounts {
    private final RestCloud cloud;

    Accounts(RestCloud cloud) {
        this.cloud = cloud;
    }

    /** What is in the account of a project; nothing if it has none, or if we may not look into it. */
    void of(String project, Finding to) throws IOException, InterruptedException {
        String url = cloud.url(OBJECT_STORE).replace(cloud.projectId(), project);
        HttpResponse<byte[]> head = cloud.send(OBJECT_STORE, "HEAD", url, null, Map.of());
        switch (head.statusCode()) {
            case 200, 204 -> {
                to.put("storage.objects", project, header(head, "X-Account-Object-Count"), project);
                to.put("storage.objects.size", project, header(head, "X-Account-Bytes-Used"), project);
                to.put("storage.objects.containers", project, header(head, "X-Account-Container-Count"), project);
                for (Map<?, ?> container : containers(url)) {
                    String resource = project + "/" + container.get("name");
                    to.put("storage.containers.objects", resource, number(container, "count"), project);
                    to.put("storage.containers.objects.size", resource, number(container, "bytes"), project);
                }
            }
            case 403, 404 -> {} // closed to us, or never used
            default -> throw new IOException(url + ": " + head.statusCode());
        }
    }

    private List<Map<?, ?>> containers(String url) throws IOException, InterruptedException {
        List<Map<?, ?>> all = new ArrayList<>();
        String marker = "";
        while (true) {
            String query = "?format=json&marker=" + URLEncoder.encode(marker, StandardCharsets.UTF_8);
            HttpResponse<byte[]> answer = cloud.send(OBJECT_STORE, "GET", url + query, null, Map.of());
            List<Map<?, ?>> page = page(answer);
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            marker = Fields.text(page.getLast().get("name"));
        }
    }

    private static List<Map<?, ?>> page(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() == 204) {
            return List.of();
        }
        if (answer.statusCode() != 200) {
            throw new IOException(answer.uri() + ": " + answer.statusCode());
        }
        try {
            return Fields.list(Json.parse(answer.body()));
        } catch (JsonException e) {
            throw new IOException(answer.uri() + " gave no JSON", e);
        }
    }

    private static double header(HttpResponse<?> answer, String name) {
        return Double.parseDouble(answer.headers().firstValue(name).orElse("0"));
    }

    private static double number(Map<?, ?> entry, String field) {
        return entry.get(field) instanceof Number value ? value.doubleValue() : 0;
    }
}
