// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import io.nephometer.openstack.api.ServiceType;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings the endpoints that catalogs list into one form: with the version of the API, without a slash at the end. */
final class EndpointUrl {
    private static final Pattern SLASHES = Pattern.compile("/+$");
    private static final Pattern VERSION = Pattern.compile("^(.*?/)v\\d+(\\.\\d+)?(/.*)?$");

    private EndpointUrl() {}

    /** {@code http://host:5000}, {@code http://host/identity/v3/} and the like, all to end in {@code /v3}. */
    static URI identity(URI url) {
        return URI.create(cut(url.toString()) + "/v3");
    }

    /**
     * As it is written.
     *
     * @throws IllegalArgumentException if it is no absolute URL
     */
    static URI plain(String url) {
        return absolute(URI.create(url.strip()));
    }

    /**
     * Of a catalog's URL or an override's.
     *
     * @throws IllegalArgumentException if it is no absolute URL
     */
    static URI of(ServiceType service, String url) {
        String trimmed = SLASHES.matcher(url.strip()).replaceFirst("");
        return absolute(URI.create(inOneForm(service, trimmed)));
    }

    /**
     * Where an endpoint is, without what differs between two users of the same: scheme, version and project.
     *
     * @param otherwise if it is no absolute URL
     */
    static String place(String url, String otherwise) {
        try {
            URI uri = plain(cut(url.strip()));
            return uri.getRawAuthority() + uri.getRawPath();
        } catch (IllegalArgumentException _) {
            return otherwise;
        }
    }

    private static URI absolute(URI uri) {
        if (uri.getHost() == null || uri.getScheme() == null) {
            throw new IllegalArgumentException("not an absolute URL");
        }
        return uri;
    }

    private static String inOneForm(ServiceType service, String url) {
        if (service.equals(ServiceType.COMPUTE)) {
            return versioned(url, "v2.1");
        }
        if (service.equals(ServiceType.IMAGE)) {
            return versioned(url, "v2");
        }
        if (service.equals(ServiceType.NETWORK)) {
            return versioned(url, "v2.0");
        }
        if (service.equals(ServiceType.OBJECT_STORE)) {
            return versioned(url, "v1"); // without the account, which is that of our own project
        }
        return service.equals(ServiceType.IDENTITY) ? cut(url) + "/v3" : url;
    }

    /** Old catalogs add the project behind the version of Nova: neither it nor we need it. */
    private static String versioned(String url, String version) {
        Matcher matcher = VERSION.matcher(url);
        return matcher.matches() ? url.substring(0, url.length() - rest(matcher).length()) : url + "/" + version;
    }

    private static String rest(Matcher matcher) {
        String rest = matcher.group(3);
        return rest == null ? "" : rest;
    }

    private static String cut(String url) {
        String trimmed = SLASHES.matcher(url).replaceFirst("");
        Matcher matcher = VERSION.matcher(trimmed);
        return matcher.matches() ? SLASHES.matcher(matcher.group(1)).replaceFirst("") : trimmed;
    }
}
