// SPDX-License-Identifier: Apache-2.0
/** YAML files as Ceilometer reads them, with line numbers, and what is wrong in them. */
@NullMarked
package io.nephometer.runtime.yaml;

import org.jspecify.annotations.NullMarked;
