// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

/** A container of a project's account in Swift. */
public record StoredContainer(String name, long objects, long bytes) {}
