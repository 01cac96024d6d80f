// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.sources;

/** A bad example: sources that knows pipeline. */
public record Known(io.nephometer.app.architecture.example.pipeline.Known a) {}
