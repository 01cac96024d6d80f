// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.identity;

import io.nephometer.simulator.cloud.Ids;
import io.nephometer.simulator.cloud.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service catalog: the services in one region, the same URL on each interface, unless Nova's public one has got another. Thread-safe. */
final class Catalog {
    private static final List<String> INTERFACES = List.of("public", "internal", "admin");

    private final Ids ids;
    private final String region;
    private final ServiceUrls urls;
    private volatile @Nullable String novaInPublic;

    Catalog(Ids ids, String region, ServiceUrls urls) {
        this.ids = ids;
        this.region = region;
        this.urls = urls;
    }

    /** From now on Nova's public endpoint is there. */
    void publishNova(String url) {
        novaInPublic = url;
    }

    /** As tokens of a project, or of none, and {@code /v3/auth/catalog} show it. */
    List<Object> tree(@Nullable Project project) {
        String within = project == null ? "" : project.id();
        return List.of(
                service("compute", "nova", urls.nova() + "/v2.1"),
                service("image", "glance", urls.glance()),
                service("identity", "keystone", urls.keystone() + "/v3"),
                service("block-storage", "cinder", urls.cinder() + "/v3/" + within),
                service("network", "neutron", urls.neutron()),
                service("object-store", "swift", urls.swift() + "/v1/AUTH_" + within));
    }

    private Map<String, Object> service(String type, String name, String url) {
        List<Object> endpoints = new ArrayList<>();
        for (String face : INTERFACES) {
            Map<String, Object> endpoint = new LinkedHashMap<>();
            endpoint.put("id", ids.hex("endpoint/" + type + "/" + face));
            endpoint.put("interface", face);
            endpoint.put("region_id", region);
            String other = type.equals("compute") && face.equals("public") ? novaInPublic : null;
            endpoint.put("url", other == null ? url : other + "/v2.1");
            endpoint.put("region", region);
            endpoints.add(endpoint);
        }
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("endpoints", endpoints);
        service.put("id", ids.hex("service/" + type));
        service.put("type", type);
        service.put("name", name);
        return service;
    }
}
