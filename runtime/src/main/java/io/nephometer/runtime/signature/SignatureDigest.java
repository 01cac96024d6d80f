// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What stands for signed messages in one that is signed for all of them: SHA-256 over their signatures in their order, each ended by a
 * line feed. Whoever signs it says that these belong together, and no others.
 */
public final class SignatureDigest {
    /** Where it stands. */
    public static final String FIELD = "signatures";

    private SignatureDigest() {}

    /** In hexadecimal. */
    public static String of(List<String> signatures) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String signature : signatures) {
                digest.update((signature + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
