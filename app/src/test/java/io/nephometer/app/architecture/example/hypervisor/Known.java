// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.hypervisor;

/** A bad example: hypervisor that knows openstack. */
public record Known(io.nephometer.app.architecture.example.openstack.Known a) {}
