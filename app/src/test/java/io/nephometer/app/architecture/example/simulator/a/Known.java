// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.simulator.a;

/** A bad example: half of a cycle. */
public record Known(io.nephometer.app.architecture.example.simulator.b.Known a) {}
