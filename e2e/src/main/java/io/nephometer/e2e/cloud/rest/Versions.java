// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.rest;

import io.nephometer.openstack.api.ServiceType;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In what the services' APIs differ: versions, and how a page of a list names the next. */
final class Versions {
    /** Of Train and Xena: whatever is compared is in them. */
    private static final Map<ServiceType, String> MICROVERSIONS =
            Map.of(ServiceType.COMPUTE, "compute 2.79", ServiceType.BLOCK_STORAGE, "volume 3.64");

    private static final Map<ServiceType, String> PATHS =
            Map.of(ServiceType.IMAGE, "/v2", ServiceType.NETWORK, "/v2.0", ServiceType.IDENTITY, "/v3");

    private Versions() {}

    static Map<String, String> headers(ServiceType service) {
        String microversion = MICROVERSIONS.get(service);
        return microversion == null ? Map.of() : Map.of("OpenStack-API-Version", microversion);
    }

    /** What a catalog may leave out of the address. */
    static String path(ServiceType service) {
        return PATHS.getOrDefault(service, "");
    }

    /** The address of the page after this; null if it is the last. Only the query is taken of it: the host may be one behind a proxy. */
    static @Nullable String next(Map<?, ?> answer, String key, String page) {
        String link = Fields.text(answer.get("next"));
        for (Map<?, ?> candidate : Fields.list(answer.get(key + "_links"))) {
            if ("next".equals(candidate.get("rel"))) {
                link = Fields.text(candidate.get("href"));
            }
        }
        String query = link.isEmpty() ? null : URI.create(link).getRawQuery();
        return query == null ? null : page.replaceFirst("\\?.*$", "") + "?" + query;
    }
}
