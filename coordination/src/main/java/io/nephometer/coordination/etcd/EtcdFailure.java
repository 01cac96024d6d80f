// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.etcd;

import io.etcd.jetcd.common.exception.EtcdException;
import io.grpc.Status;
import io.nephometer.coordination.CoordinationFailure;
import java.util.concurrent.TimeoutException;

/** What an exception of the client means. */
final class EtcdFailure {
    private EtcdFailure() {}

    static CoordinationFailure kind(Throwable cause) {
        if (cause instanceof TimeoutException) {
            return CoordinationFailure.TIMED_OUT;
        }
        return switch (code(cause)) {
            case UNAVAILABLE, ABORTED, RESOURCE_EXHAUSTED -> CoordinationFailure.UNREACHABLE;
            case DEADLINE_EXCEEDED, CANCELLED -> CoordinationFailure.TIMED_OUT;
            // A wrong password is an invalid argument to etcd.
            case UNAUTHENTICATED, PERMISSION_DENIED, INVALID_ARGUMENT, FAILED_PRECONDITION ->
                CoordinationFailure.REFUSED;
            case OK, UNKNOWN, NOT_FOUND, ALREADY_EXISTS, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL, DATA_LOSS ->
                CoordinationFailure.BROKEN;
        };
    }

    static boolean isNotFound(Throwable cause) {
        return code(cause) == Status.Code.NOT_FOUND;
    }

    /** What it says, and what its first cause says: "io exception" alone helps nobody. */
    static String detail(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String detail = String.valueOf(failure.getMessage());
        return failure.getCause() == null ? detail : detail + " (" + first + ")";
    }

    /** The client gives its own codes, of the same names, for some. */
    private static Status.Code code(Throwable cause) {
        return cause instanceof EtcdException etcd
                ? Status.Code.valueOf(etcd.getErrorCode().name())
                : Status.fromThrowable(cause).getCode();
    }
}
