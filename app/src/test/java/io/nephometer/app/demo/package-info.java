// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.app.demo;

import org.jspecify.annotations.NullMarked;
