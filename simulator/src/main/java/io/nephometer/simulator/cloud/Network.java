// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import io.nephometer.model.NameUuid;
import java.util.HexFormat;
import java.util.UUID;

/** The one network, on which each server has one port; all about it follows from the server. */
public final class Network {
    /** Its name. */
    public static final String NAME = "tenant-net";

    private Network() {}

    /** The id of the server's port. */
    public static String port(Server server) {
        return NameUuid.of(UUID.fromString(server.id()), "port").toString();
    }

    public static String mac(Server server) {
        String digits = HexFormat.of().toHexDigits(server.id().hashCode());
        return "fa:16:3e:" + digits.substring(0, 2) + ":" + digits.substring(2, 4) + ":" + digits.substring(4, 6);
    }

    /** Its address, of 10.0.0.0/8. */
    public static String address(Server server) {
        int number = server.number();
        return "10." + ((number >>> 16) & 0xFF) + "." + ((number >>> 8) & 0xFF) + "." + (number & 0xFF);
    }
}
