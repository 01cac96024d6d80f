// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

/** The hypervisor could not be measured at all. */
public final class HypervisorException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Kinds of failure; they become labels of metrics. */
    public enum Kind {
        /** There is no library to talk to it with. */
        NO_LIBRARY,
        /** No connection, or it broke. */
        UNREACHABLE,
        /** It did not answer in time; the call may still be hanging. */
        TIMEOUT,
        /** It answered with an error. */
        REFUSED
    }

    private final Kind kind;

    /** @param message what failed, where, and what happens now */
    public HypervisorException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** @param message what failed, where, and what happens now */
    public HypervisorException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of failure it was. */
    public Kind kind() {
        return kind;
    }
}
