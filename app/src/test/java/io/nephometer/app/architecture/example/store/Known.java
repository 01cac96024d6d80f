// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.store;

/** A bad example: store that knows sources. */
public record Known(io.nephometer.app.architecture.example.sources.Known a) {}
