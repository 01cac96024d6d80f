// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Nova's own hash of project and host, by which projects may compare hosts without knowing them. */
public final class HostId {
    private HostId() {}

    public static String of(String projectId, String host) {
        try {
            byte[] text = (projectId + host).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-224").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-224", e);
        }
    }
}
