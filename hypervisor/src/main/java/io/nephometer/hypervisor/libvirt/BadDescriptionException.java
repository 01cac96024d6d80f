// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

/** The XML of a domain is not well-formed or lacks what it must have. */
final class BadDescriptionException extends Exception {
    private static final long serialVersionUID = 1L;

    BadDescriptionException(String message) {
        super(message);
    }

    BadDescriptionException(String message, Throwable cause) {
        super(message, cause);
    }
}
