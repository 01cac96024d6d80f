// SPDX-License-Identifier: Apache-2.0
/** Reads and makes things of a cloud by its API alone, with nothing of the product between. */
@NullMarked
package io.nephometer.e2e.cloud.rest;

import org.jspecify.annotations.NullMarked;
