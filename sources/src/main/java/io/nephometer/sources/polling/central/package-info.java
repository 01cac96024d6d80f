// SPDX-License-Identifier: Apache-2.0
/**
 * Measuring what the APIs of the cloud tell: a pollster for each meter, fed by listings that one member of a cluster reads, or
 * asking for one resource after the other, in partitions that members share.
 */
@NullMarked
package io.nephometer.sources.polling.central;

import org.jspecify.annotations.NullMarked;
