// SPDX-License-Identifier: Apache-2.0
/**
 * Paths into notifications, as definition files written for Ceilometer use them: the language of Python's jsonpath-rw 1.4.0
 * with jsonpath-rw-ext 1.2.2, and Python's meaning of the values that such paths compute.
 */
@NullMarked
package io.nephometer.pipeline.jsonpath;

import org.jspecify.annotations.NullMarked;
