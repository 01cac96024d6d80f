// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

/** Which server is asked for what may be a little old. */
public enum ReadFrom {
    /** A replica, if there is one and it is proven that its answer is not too old. */
    REPLICA,
    /** The server that takes the writes. */
    PRIMARY
}
