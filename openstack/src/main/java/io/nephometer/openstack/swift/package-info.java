// SPDX-License-Identifier: Apache-2.0
/** Reading from Swift: accounts and their containers. */
@NullMarked
package io.nephometer.openstack.swift;

import org.jspecify.annotations.NullMarked;
