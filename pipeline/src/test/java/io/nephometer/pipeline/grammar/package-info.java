// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.pipeline.grammar;

import org.jspecify.annotations.NullMarked;
