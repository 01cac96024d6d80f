// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.hypervisor.libvirt;

import org.jspecify.annotations.NullMarked;
