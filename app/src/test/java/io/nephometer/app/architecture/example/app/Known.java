// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.app;

/** A bad example: app that knows testkit. */
public record Known(io.nephometer.app.architecture.example.testkit.Known a) {}
