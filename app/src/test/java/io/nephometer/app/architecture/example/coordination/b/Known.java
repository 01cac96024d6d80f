// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.coordination.b;

/** A bad example: half of a cycle. */
public record Known(io.nephometer.app.architecture.example.coordination.a.Known a) {}
