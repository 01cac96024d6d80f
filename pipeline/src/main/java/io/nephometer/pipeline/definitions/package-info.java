// SPDX-License-Identifier: Apache-2.0
/** Event and meter definitions, loaded together from files. */
@NullMarked
package io.nephometer.pipeline.definitions;

import org.jspecify.annotations.NullMarked;
