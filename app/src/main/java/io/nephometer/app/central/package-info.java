// SPDX-License-Identifier: Apache-2.0
/** The role central: what is done once for a whole cloud. */
@NullMarked
package io.nephometer.app.central;

import org.jspecify.annotations.NullMarked;
