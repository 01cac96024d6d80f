// SPDX-License-Identifier: Apache-2.0
/** Which units of a work one member owns, from when on, until when, and under which epoch. */
@NullMarked
package io.nephometer.coordination.ownership;

import org.jspecify.annotations.NullMarked;
