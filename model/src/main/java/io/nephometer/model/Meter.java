// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/** A named quantity: {@code ("memory", GAUGE, "MiB")}. */
public record Meter(String name, MeterType type, String unit) {}
