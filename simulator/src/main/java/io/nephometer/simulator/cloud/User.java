// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

/**
 * Somebody who can have tokens.
 *
 * @param project where its roles hold
 * @param admin whether it has the role admin beside reader and member
 */
public record User(String id, String name, Project project, boolean admin) {}
