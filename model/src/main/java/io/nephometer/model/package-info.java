// SPDX-License-Identifier: Apache-2.0
/**
 * The words of the product: what a notification, an event, a sample and a batch are, and the seams between the stages
 * through which they flow. Depends on the JDK alone; everything else depends on it.
 */
@NullMarked
package io.nephometer.model;

import org.jspecify.annotations.NullMarked;
