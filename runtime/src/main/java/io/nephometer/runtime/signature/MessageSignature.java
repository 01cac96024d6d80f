// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.signature;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Ceilometer's signature of a message, a tree of plain JSON values: HMAC-SHA256 over the names and values, sorted by name at
 * each level, the message's own {@value #FIELD} left out. The text of each value is Python's; see {@link SignedText}. Used by
 * one thread at a time.
 */
public final class MessageSignature {
    /** Where in a message its signature stands. */
    public static final String FIELD = "message_signature";

    private final Mac mac;

    private MessageSignature(Mac mac) {
        this.mac = mac;
    }

    /**
     * Signatures with {@code secret}.
     *
     * @throws IllegalArgumentException if the secret is empty: a signature that anybody can make is none
     */
    public static MessageSignature with(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the secret of message signatures is empty");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return new MessageSignature(mac);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this Java runtime has no HMAC-SHA256", e);
        }
    }

    /** The signature of {@code message} in hexadecimal. */
    public String of(Map<?, ?> message) {
        SignedText text = new SignedText();
        text.addAllBut(FIELD, message);
        return HexFormat.of().formatHex(mac.doFinal(text.toBytes()));
    }

    /** Whether the message carries its signature. Takes equally long however much of a wrong one is right. */
    public boolean isRightFor(Map<?, ?> message) {
        return message.get(FIELD) instanceof String said
                && MessageDigest.isEqual(
                        said.getBytes(StandardCharsets.UTF_8), of(message).getBytes(StandardCharsets.UTF_8));
    }
}
