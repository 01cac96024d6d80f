// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.runtime.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a meter message: HMAC-SHA256 in hexadecimal over its keys, in their order, and its values as Python prints
 * them, since both are defined by what Ceilometer's Python does. Maps are flattened with {@code :}, and the signature itself is
 * left out. It proves who made a sample, not when: a sample can be sent again by anybody, and is then a duplicate.
 */
public final class MessageSignature {
    /** The key in a meter message that holds it. */
    public static final String KEY = "message_signature";

    private static final String ALGORITHM = "HmacSHA256";
    /** Python orders texts by code point, Java by UTF-16 unit. */
    private static final Comparator<String> BY_CODE_POINT = MessageSignature::compareCodePoints;

    private MessageSignature() {}

    /** The signature of {@code message}, which holds plain JSON values; empty if the secret is. */
    public static String of(Map<?, ?> message, Secret secret) {
        if (secret.reveal().isEmpty()) {
            return "";
        }
        Mac mac = mac(secret);
        feed(mac, "", message);
        return HexFormat.of().formatHex(mac.doFinal());
    }

    /** Whether the message carries the signature that it should have. Any is good if the secret is empty. */
    public static boolean verify(Map<?, ?> message, Secret secret) {
        if (secret.reveal().isEmpty()) {
            return true;
        }
        return message.get(KEY) instanceof String given
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8),
                        of(message, secret).getBytes(StandardCharsets.UTF_8));
    }

    private static Mac mac(Secret secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
        }
    }

    private static void feed(Mac mac, String prefix, Map<?, ?> map) {
        sorted(map).forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                feed(mac, prefix + key + ":", inner);
            } else if (!prefix.isEmpty() || !key.equals(KEY)) {
                mac.update((prefix + key).getBytes(StandardCharsets.UTF_8));
                mac.update((value instanceof String text ? text : repr(value)).getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static SortedMap<String, @Nullable Object> sorted(Map<?, ?> map) {
        SortedMap<String, @Nullable Object> sorted = new TreeMap<>(BY_CODE_POINT);
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        return sorted;
    }

    private static String repr(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    private static void append(@Nullable Object value, StringBuilder text) {
        switch (value) {
            case null -> text.append("None");
            case Boolean truth -> text.append(truth ? "True" : "False");
            case String string -> appendBytes(string, text);
            case Double number -> text.append(PythonFloat.repr(number));
            case List<?> list -> {
                String separator = "[";
                for (Object item : list) {
                    append(item, text.append(separator));
                    separator = ", ";
                }
                text.append(list.isEmpty() ? "[]" : "]");
            }
            case Map<?, ?> map -> {
                String separator = "{";
                for (Map.Entry<String, @Nullable Object> entry : sorted(map).entrySet()) {
                    appendBytes(entry.getKey(), text.append(separator));
                    append(entry.getValue(), text.append(": "));
                    separator = ", ";
                }
                text.append(map.isEmpty() ? "{}" : "}");
            }
            default -> text.append(value);
        }
    }

    /** As Python shows bytes: {@code b'..'}, or {@code b".."} if only single quotes are in it. */
    private static void appendBytes(String string, StringBuilder text) {
        char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
        text.append('b').append(quote);
        for (byte octet : string.getBytes(StandardCharsets.UTF_8)) {
            int code = Byte.toUnsignedInt(octet);
            switch (code) {
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (code == quote) {
                        text.append('\\').append(quote);
                    } else if (code < 0x20 || code >= 0x7F) {
                        text.append("\\x").append(HexFormat.of().toHexDigits(octet));
                    } else {
                        text.append((char) code);
                    }
                }
            }
        }
        text.append(quote);
    }

    private static int compareCodePoints(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return Arrays.compare(left, right);
    }
}
