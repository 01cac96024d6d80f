// SPDX-License-Identifier: Apache-2.0
/**
 * Configuration as a tree of records: the components are the keys, written in snake_case; each has a type with a unit, a
 * default and a line of documentation. One description serves reading, checking, the sample file and the reference page.
 */
@NullMarked
package io.nephometer.runtime.config;

import org.jspecify.annotations.NullMarked;
