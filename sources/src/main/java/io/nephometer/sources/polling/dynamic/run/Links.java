// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Joins endpoints, paths and links, and keeps them on the host that was meant. */
final class Links {
    private static final String LEGAL = "-._~:/?#@!$&'()*+,;=%";

    private Links() {}

    /**
     * Where a path or link leads from an endpoint, whose own path counts as a folder. A link to another host leads to the same path
     * of the endpoint's host: tokens go nowhere else, and services often know only their inner address.
     *
     * @throws FetchException if the link is no URL
     */
    static URI from(URI endpoint, String link) throws FetchException {
        URI base = endpoint.toString().endsWith("/") ? endpoint : uri(endpoint + "/");
        return within(base, base.resolve(uri(link)));
    }

    /** Where a redirect leads. */
    static URI redirected(URI from, String location) throws FetchException {
        return within(from, from.resolve(uri(location)));
    }

    private static URI within(URI base, URI link) throws FetchException {
        if (isSameHost(base, link)) {
            return link;
        }
        String query = link.getRawQuery() == null ? "" : "?" + link.getRawQuery();
        return uri(base.getScheme() + "://" + base.getRawAuthority() + link.getRawPath() + query);
    }

    static boolean isSameHost(URI a, URI b) {
        return Objects.equals(a.getScheme(), b.getScheme()) && Objects.equals(a.getRawAuthority(), b.getRawAuthority());
    }

    /** A URL whose characters are encoded where they have to be. */
    static URI uri(String text) throws FetchException {
        StringBuilder encoded = new StringBuilder();
        for (byte next : text.strip().getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (next & 0xff);
            boolean isPlain = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9');
            if (isPlain || LEGAL.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append(String.format("%%%02X", (int) character));
            }
        }
        try {
            return URI.create(encoded.toString());
        } catch (IllegalArgumentException e) {
            throw new FetchException("no URL: " + text);
        }
    }
}
