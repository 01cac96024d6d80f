// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/** One typed fact of an event. Names are unique within an event. */
public record Trait(String name, TraitValue value) {}
