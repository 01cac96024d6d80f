// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.pipeline;

/** A bad example: pipeline that knows store. */
public record Known(io.nephometer.app.architecture.example.store.Known a) {}
