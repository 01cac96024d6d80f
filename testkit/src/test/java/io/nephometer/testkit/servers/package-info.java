// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.testkit.servers;

import org.jspecify.annotations.NullMarked;
