// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.openstack;

/** A bad example: openstack that knows inventory. */
public record Known(io.nephometer.app.architecture.example.inventory.Known a) {}
