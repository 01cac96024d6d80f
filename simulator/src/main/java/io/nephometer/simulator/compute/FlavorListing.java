// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.compute;

import io.nephometer.simulator.api.Paging;
import io.nephometer.simulator.cloud.Cloud;
import io.nephometer.simulator.cloud.Flavor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flavors, one or page by page. */
final class FlavorListing {
    private final Cloud cloud;
    private final String url;

    FlavorListing(Cloud cloud, String url) {
        this.cloud = cloud;
        this.url = url;
    }

    Map<String, Object> list(Caller caller, boolean detailed) {
        int limit = PageLimit.of(caller.query());
        String marker = caller.query().last("marker").orElse("");
        if (!marker.isEmpty() && cloud.flavor(marker).isEmpty()) {
            throw new RefusedException(400, "marker [" + marker + "] not found");
        }
        List<Flavor> page = cloud.flavors().stream()
                .filter(flavor -> flavor.id().compareTo(marker) > 0)
                .limit(limit)
                .toList();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "flavors",
                page.stream()
                        .map(flavor -> detailed ? tree(flavor, caller) : brief(flavor))
                        .toList());
        if (caller.query().has("limit") && limit > 0 && page.size() == limit) {
            String next = Paging.next(
                    url + caller.path(), caller.query(), page.getLast().id());
            tree.put("flavors_links", List.of(ServerView.link("next", next)));
        }
        return tree;
    }

    Map<String, Object> one(String id, Caller caller) {
        return Map.of("flavor", tree(find(id), caller));
    }

    Map<String, Object> extraSpecs(String id) {
        return Map.of("extra_specs", find(id).extraSpecs());
    }

    private Flavor find(String id) {
        return cloud.flavor(id).orElseThrow(() -> new RefusedException(404, "Flavor " + id + " could not be found."));
    }

    private Map<String, @Nullable Object> brief(Flavor flavor) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", flavor.id());
        tree.put("name", flavor.name());
        tree.put("links", links(flavor));
        return tree;
    }

    private Map<String, @Nullable Object> tree(Flavor flavor, Caller caller) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", flavor.id());
        tree.put("name", flavor.name());
        tree.put("ram", flavor.ram());
        tree.put("disk", flavor.disk());
        // Before 2.75 no swap is an empty text.
        tree.put("swap", flavor.swap() == 0 && !caller.isAtLeast(75) ? "" : (Object) flavor.swap());
        tree.put("OS-FLV-EXT-DATA:ephemeral", flavor.ephemeral());
        tree.put("OS-FLV-DISABLED:disabled", false);
        tree.put("vcpus", flavor.vcpus());
        tree.put("os-flavor-access:is_public", true);
        tree.put("rxtx_factor", 1.0);
        tree.put("links", links(flavor));
        if (caller.isAtLeast(55)) {
            tree.put("description", null);
        }
        if (caller.isAtLeast(61)) {
            tree.put("extra_specs", flavor.extraSpecs());
        }
        return tree;
    }

    private List<Object> links(Flavor flavor) {
        return List.of(
                ServerView.link("self", url + "/v2.1/flavors/" + flavor.id()),
                ServerView.link("bookmark", url + "/flavors/" + flavor.id()));
    }
}
