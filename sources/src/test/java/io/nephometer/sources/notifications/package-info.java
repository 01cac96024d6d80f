// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.sources.notifications;

import org.jspecify.annotations.NullMarked;
