// SPDX-License-Identifier: Apache-2.0
/** Recorded notifications from files: one message a line, as JSON, gzipped or not. */
@NullMarked
package io.nephometer.sources.files;

import org.jspecify.annotations.NullMarked;
