// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.coordination;

/** A bad example: coordination that knows store. */
public record Known(io.nephometer.app.architecture.example.store.Known a) {}
