// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

/** A listener that is called until this is closed. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    /** The listener is not called again, but for a call that runs already. Legal twice. */
    @Override
    void close();
}
