// SPDX-License-Identifier: Apache-2.0
/** JSON text to plain values and back: maps, lists, text, numbers, booleans and null. */
@NullMarked
package io.nephometer.runtime.json;

import org.jspecify.annotations.NullMarked;
