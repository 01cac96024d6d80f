// SPDX-License-Identifier: Apache-2.0
/**
 * The hypervisor through libvirt, called by {@code java.lang.foreign}. libvirt itself is looked for at run time; without it
 * everything else works.
 */
@NullMarked
package io.nephometer.hypervisor.libvirt;

import org.jspecify.annotations.NullMarked;
