// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.swift;

import java.util.List;

/**
 * The account of a project, with the first of its containers.
 *
 * @param isListed whether these are all of its containers
 */
public record Account(long objects, long bytes, long containerCount, List<Container> containers, boolean isListed) {
    public Account {
        containers = List.copyOf(containers);
    }
}
