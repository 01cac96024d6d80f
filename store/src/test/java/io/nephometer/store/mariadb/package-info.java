// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.store.mariadb;

import org.jspecify.annotations.NullMarked;
