// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.inventory;

/** A bad example: inventory that knows simulator. */
public record Known(io.nephometer.app.architecture.example.simulator.Known a) {}
