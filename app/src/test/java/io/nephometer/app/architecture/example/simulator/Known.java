// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.simulator;

/** A bad example: simulator that knows openstack. */
public record Known(io.nephometer.app.architecture.example.openstack.Known a) {}
