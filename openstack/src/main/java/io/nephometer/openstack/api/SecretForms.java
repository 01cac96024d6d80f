// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** How a secret may come back in what a service says: as it is, inside a JSON text, with ASCII alone, or as part of a URL. */
final class SecretForms {
    private SecretForms() {}

    /** Longest first, since one may hold another; none of an empty secret. */
    static List<String> of(Secret secret) {
        String raw = secret.reveal();
        String json = inJson(raw);
        return Stream.of(raw, json, ascii(json), inJson(json), URLEncoder.encode(raw, StandardCharsets.UTF_8))
                .filter(form -> !form.isEmpty())
                .distinct()
                .sorted((a, b) -> b.length() - a.length())
                .toList();
    }

    private static String inJson(String text) {
        String quoted = Json.write(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String ascii(String json) {
        StringBuilder text = new StringBuilder(json.length());
        json.chars().forEach(c -> text.append(c < 0x80 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return text.toString();
    }
}
