// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.footprint;

import java.nio.file.Path;
import java.util.Map;

/** An agent that is measured. */
interface MeasuredAgent {
    /** As the figures call it. */
    String name();

    /**
     * Starts it in a process of its own.
     *
     * @param scratch where it may write
     */
    Process start(TestBed bed, Path scratch, int intervalSeconds) throws Exception;

    /** What it tells of itself, if it does; asked once, at the end. */
    Map<String, Object> figures(ProcessTree tree) throws Exception;
}
