// SPDX-License-Identifier: Apache-2.0
/**
 * What Nova's cell databases tell, in the forms in which its API and its notifications tell it: to the audit of usage, and to the refresher
 * of the shared cache.
 */
@NullMarked
package io.nephometer.app.cells;

import org.jspecify.annotations.NullMarked;
