// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.app.compute;

/** A bad example: a part of the role compute that knows a ledger. */
public record Known(io.nephometer.app.architecture.example.store.Known a) {}
