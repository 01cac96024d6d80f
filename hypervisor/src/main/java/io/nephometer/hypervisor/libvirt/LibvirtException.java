// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

/** A call of libvirt failed. */
final class LibvirtException extends Exception {
    private static final long serialVersionUID = 1L;

    /** {@code VIR_ERR_NO_SUPPORT}: this hypervisor cannot do that. */
    static final int NO_SUPPORT = 3;

    /** {@code VIR_ERR_INVALID_ARG}: also for a flag that the driver does not know. */
    static final int INVALID_ARGUMENT = 8;

    private final int code;

    /**
     * @param function that failed
     * @param code libvirt's {@code virErrorNumber}
     * @param domain the part of libvirt that raised it ({@code virErrorDomain})
     */
    LibvirtException(String function, int code, int domain, String message) {
        super(function + ": " + message + " (libvirt error " + code + " of part " + domain + ")");
        this.code = code;
    }

    int code() {
        return code;
    }
}
