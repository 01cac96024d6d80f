// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.compute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The documents that say which versions there are. */
final class NovaVersions {
    private final String url;

    NovaVersions(String url) {
        this.url = url;
    }

    Map<String, Object> all() {
        Map<String, Object> old = version("v2.0", "SUPPORTED", "", "", "2011-01-21T11:33:21Z");
        old.put("links", List.of(ServerView.link("self", url + "/v2/")));
        Map<String, Object> current = current();
        current.put("links", List.of(ServerView.link("self", url + "/v2.1/")));
        return Map.of("versions", List.of(old, current));
    }

    Map<String, Object> one() {
        Map<String, Object> current = current();
        Map<String, Object> manual = ServerView.link("describedby", "http://docs.openstack.org/");
        manual.put("type", "text/html");
        current.put("links", List.of(ServerView.link("self", url + "/v2.1/"), manual));
        current.put(
                "media-types",
                List.of(Map.of(
                        "base", "application/json", "type", "application/vnd.openstack.compute+json;version=2.1")));
        return Map.of("version", current);
    }

    private static Map<String, Object> current() {
        return version(
                "v2.1", "CURRENT", Microversion.LAST.toString(), Microversion.FIRST.toString(), "2013-07-23T11:33:21Z");
    }

    private static Map<String, Object> version(String id, String status, String last, String first, String updated) {
        Map<String, Object> version = new LinkedHashMap<>();
        version.put("id", id);
        version.put("status", status);
        version.put("version", last);
        version.put("min_version", first);
        version.put("updated", updated);
        return version;
    }
}
