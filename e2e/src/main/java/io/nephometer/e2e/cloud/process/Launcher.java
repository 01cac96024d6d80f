// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.process;

import java.util.List;

/** Knows how the product is started. */
@FunctionalInterface
public interface Launcher {
    /** What stands for {@code nephometer} on the command line. */
    List<String> command();
}
