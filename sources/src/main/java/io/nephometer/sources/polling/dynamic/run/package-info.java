// SPDX-License-Identifier: Apache-2.0
/** Running dynamic pollsters: asking, reading the answer, and making readings of its entries. */
@NullMarked
package io.nephometer.sources.polling.dynamic.run;

import org.jspecify.annotations.NullMarked;
