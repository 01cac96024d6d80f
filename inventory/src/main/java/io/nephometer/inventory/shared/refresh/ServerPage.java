// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.List;

/**
 * A page of a list of servers that arrived whole.
 *
 * @param told when it was asked for, on Nova's clock
 * @param novasClock whether Nova told that time
 * @param more whether there is a next page, which may be empty
 */
record ServerPage(List<Server> servers, Instant told, boolean novasClock, boolean more) {
    ServerPage {
        servers = List.copyOf(servers);
    }

    ServerPage with(List<Server> others) {
        return new ServerPage(others, told, novasClock, more);
    }
}
