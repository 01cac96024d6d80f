// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.identity;

/** An application credential. */
public record Credential(String id, String secret) {}
