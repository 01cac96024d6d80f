// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.runtime;

/** A bad example: runtime that knows the domain. */
public record Known(io.nephometer.app.architecture.example.model.Known a) {}
