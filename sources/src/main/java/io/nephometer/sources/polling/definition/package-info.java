// SPDX-License-Identifier: Apache-2.0
/** What is to be measured, and how often: {@code polling.yaml} as Ceilometer reads it. */
@NullMarked
package io.nephometer.sources.polling.definition;

import org.jspecify.annotations.NullMarked;
