// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture.example.model;

/** A bad example: model that knows another module. */
public record Known(io.nephometer.app.architecture.example.runtime.Known a) {}
