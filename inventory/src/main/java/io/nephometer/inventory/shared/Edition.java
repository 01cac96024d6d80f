// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

/**
 * What a reader of one host has.
 *
 * @param version grows with every change of an instance of the host within the set
 */
public record Edition(String incarnation, long set, long version) {}
