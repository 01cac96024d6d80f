// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import io.nephometer.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets out of a message before anything of it is stored: the tokens of the request context, and passwords that
 * a service was careless enough to send.
 */
final class Secrets {
    static final String MASK = "***";

    private static final String CONTEXT_KEY = "_context_\\w*(?:token|password|secret|service_catalog)\\w*";
    private static final String OTHER_KEY = "auth_token|service_token|admin_?[pP]ass|adminPass|password|secret_key";

    /** Every sensitive key holds one of these. */
    private static final List<String> HINTS = List.of("token", "pass", "Pass", "secret", "service_catalog");

    /**
     * A sensitive key from its opening quote on, and as group 1 its text; in JSON or in JSON within a JSON text (where quotes
     * are escaped).
     */
    private static final Pattern IN_TEXT =
            Pattern.compile("\"(?:" + CONTEXT_KEY + "|" + OTHER_KEY + ")\\\\*\"\\s*:\\s*\\\\*\"([^\"\\\\]+)");

    private static final Pattern KEY = Pattern.compile(CONTEXT_KEY + "|" + OTHER_KEY);

    private Secrets() {}

    /** Whether the value under {@code key} must not be stored. */
    static boolean isSensitive(String key) {
        return KEY.matcher(key).matches();
    }

    /**
     * Masks texts under sensitive keys of a decoded message, at the top and within maps below it.
     *
     * @return whether there were any
     */
    static boolean maskIn(Map<String, @Nullable Object> tree) {
        boolean found = false;
        for (Map.Entry<String, @Nullable Object> entry : tree.entrySet()) {
            Object value = entry.getValue();
            if (value instanceof String text && !text.isEmpty() && mayBeSensitive(entry.getKey())) {
                if (isSensitive(entry.getKey())) {
                    entry.setValue(MASK);
                    found = true;
                }
            } else if (value instanceof Map<?, ?> map) {
                @SuppressWarnings("unchecked") // trees of the JSON reader have text keys only
                Map<String, @Nullable Object> below = (Map<String, @Nullable Object>) map;
                found |= maskIn(below);
            }
        }
        return found;
    }

    /** A cheap look before the regular expression. */
    private static boolean mayBeSensitive(String key) {
        for (String hint : HINTS) {
            if (key.contains(hint)) {
                return true;
            }
        }
        return false;
    }

    /** Masks what looks like a sensitive key with a text, whatever the bytes are otherwise. Returns the same if there is none. */
    static Bytes maskIn(Bytes body) {
        // ISO 8859-1 maps every byte to a character and back, so that bytes that are not UTF-8 survive.
        String text = new String(body.unsafeArray(), StandardCharsets.ISO_8859_1);
        String masked = new TextMask(text, HINTS, IN_TEXT).with(MASK);
        return masked.equals(text) ? body : Bytes.wrap(masked.getBytes(StandardCharsets.ISO_8859_1));
    }
}
