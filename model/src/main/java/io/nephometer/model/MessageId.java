// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.UUID;

/**
 * The identity that a sender gave to a notification. Senders use UUIDs, but nothing forces them to.
 *
 * @param text as sent, never blank
 */
public record MessageId(String text) {
    private static final UUID NAMESPACE = UUID.fromString("5f1d7a52-6f0e-5c39-9d52-6a1c0c8f6a11");

    public MessageId {
        if (text.isBlank()) {
            throw new IllegalArgumentException("message_id is blank");
        }
    }

    /**
     * The 16-byte key under which the ledger knows the message: the id itself where it is a UUID in its canonical lower-case
     * form, otherwise the name-based UUID of the text. Two different texts never share a key, short of a hash collision.
     */
    public UUID key() {
        return isCanonical() ? UUID.fromString(text) : NameUuid.of(NAMESPACE, text);
    }

    /** Whether {@link #text} can be recovered from {@link #key} alone. */
    public boolean isCanonical() {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (dash ? c != '-' : !hex) {
                return false;
            }
        }
        return true;
    }
}
