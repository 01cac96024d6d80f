// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import static io.nephometer.openstack.api.ServiceType.COMPUTE;
import static io.nephometer.openstack.api.ServiceType.IMAGE;

import io.nephometer.e2e.cloud.rest.Fields;
import io.nephometer.e2e.cloud.rest.RestCloud;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Nova says of the instances of a host, as metadata of samples, by what the documentation says of each key.
 *
 * @param facts of each instance, by its id: the path of a key in the metadata, and its value as a text
 * @param domains names of the domains, by the instance's id
 */
record Instances(Map<String, Map<String, String>> facts, Map<String, String> domains) {
    private static final String NAMESPACE = "metering.";

    Instances {
        facts = Map.copyOf(facts);
        domains = Map.copyOf(domains);
    }

    /** Those that are active, so that they run. */
    static Instances read(RestCloud cloud, String host) throws IOException, InterruptedException {
        Map<String, String> flavors = new HashMap<>();
        cloud.list(COMPUTE, "/flavors/detail?is_public=None", "flavors")
                .forEach(flavor -> flavors.put(Fields.text(flavor.get("name")), Fields.text(flavor.get("id"))));
        Map<String, String> images = new HashMap<>();
        cloud.list(IMAGE, "/images", "images")
                .forEach(image -> images.put(Fields.text(image.get("id")), Fields.text(image.get("name"))));
        Map<String, Map<String, String>> facts = new TreeMap<>();
        Map<String, String> domains = new TreeMap<>();
        String query = "?all_tenants=1&host=" + URLEncoder.encode(host, StandardCharsets.UTF_8);
        for (Map<?, ?> server : cloud.list(COMPUTE, "/servers/detail" + query, "servers")) {
            if ("ACTIVE".equals(server.get("status"))) {
                String id = Fields.text(server.get("id"));
                facts.put(id, facts(server, flavors, images));
                domains.put(id, Fields.text(server.get("OS-EXT-SRV-ATTR:instance_name")));
            }
        }
        return new Instances(facts, domains);
    }

    private static Map<String, String> facts(
            Map<?, ?> server, Map<String, String> flavors, Map<String, String> images) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("project", Fields.text(server.get("tenant_id")));
        facts.put("user", Fields.text(server.get("user_id")));
        facts.put("display_name", Fields.text(server.get("name")));
        facts.put("name", Fields.text(server.get("OS-EXT-SRV-ATTR:instance_name")));
        facts.put("instance_id", Fields.text(server.get("id")));
        facts.put("host", Fields.text(server.get("hostId")));
        facts.put("instance_host", Fields.text(server.get("OS-EXT-SRV-ATTR:host")));
        facts.put("status", Fields.text(server.get("status")).toLowerCase(Locale.ROOT));
        facts.put("OS-EXT-AZ:availability_zone", Fields.text(server.get("OS-EXT-AZ:availability_zone")));
        flavor(facts, Fields.map(server.get("flavor")), flavors);
        String image = Fields.text(Fields.map(server.get("image")).get("id"));
        if (!image.isEmpty()) {
            facts.put("image.id", image);
            facts.put("image_ref", image);
            facts.put("image.name", images.getOrDefault(image, ""));
        }
        Fields.map(server.get("metadata")).forEach((key, value) -> {
            String name = key.toString();
            if (name.startsWith(NAMESPACE)) {
                facts.put("user_metadata." + name.substring(NAMESPACE.length()).replace('.', '_'), Fields.text(value));
            }
        });
        return facts;
    }

    private static void flavor(Map<String, String> facts, Map<?, ?> flavor, Map<String, String> flavors) {
        String name = Fields.text(flavor.get("original_name"));
        facts.put("instance_type", name);
        facts.put("flavor.name", name);
        facts.put("flavor.id", flavors.getOrDefault(name, ""));
        for (String size : new String[] {"vcpus", "ram", "disk", "ephemeral", "swap"}) {
            facts.put("flavor." + size, Fields.text(flavor.get(size)));
        }
        facts.put("vcpus", Fields.text(flavor.get("vcpus")));
        facts.put("memory_mb", Fields.text(flavor.get("ram")));
        facts.put("root_gb", Fields.text(flavor.get("disk")));
        facts.put("ephemeral_gb", Fields.text(flavor.get("ephemeral")));
    }
}
