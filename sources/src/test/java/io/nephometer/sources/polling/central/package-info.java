// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.sources.polling.central;

import org.jspecify.annotations.NullMarked;
