// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.sources.polling.central.cloud;

import org.jspecify.annotations.NullMarked;
