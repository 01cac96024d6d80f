// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.testkit;

/** A bad example: testkit that knows app. */
public record Known(io.nephometer.app.architecture.example.app.Known a) {}
