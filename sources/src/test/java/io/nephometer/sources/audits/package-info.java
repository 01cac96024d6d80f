// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.sources.audits;

import org.jspecify.annotations.NullMarked;
