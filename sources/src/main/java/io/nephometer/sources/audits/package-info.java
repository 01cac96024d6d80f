// SPDX-License-Identifier: Apache-2.0
/**
 * Audits of the cloud: what the periodic tasks of nova-compute tell, told from our own inventory. Pure logic over the ports that are declared
 * here; who reads which server, and what the ledger takes, is decided by those who implement them.
 */
@NullMarked
package io.nephometer.sources.audits;

import org.jspecify.annotations.NullMarked;
