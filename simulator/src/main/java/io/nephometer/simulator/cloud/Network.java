// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import io.nephometer.model.NameUuid;
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
        int bits = server.id().hashCode();
        return "fa:16:3e:%02x:%02x:%02x".formatted(bits >>> 24, (bits >>> 16) & 0xFF, (bits >>> 8) & 0xFF);
    }

    /** Its address, of 10.0.0.0/8. */
    public static String address(Server server) {
        int number = server.number();
        return "10.%d.%d.%d".formatted((number >>> 16) & 0xFF, (number >>> 8) & 0xFF, number & 0xFF);
    }
}
