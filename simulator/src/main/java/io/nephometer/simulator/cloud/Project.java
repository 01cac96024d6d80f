// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

/** A project of the one domain there is. */
public record Project(String id, String name) {}
