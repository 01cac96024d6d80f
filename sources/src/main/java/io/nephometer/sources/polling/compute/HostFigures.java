// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import java.util.Map;

/** What the machine under a hypervisor shows of itself. Costs next to nothing. */
public interface HostFigures {
    /** Nothing is shown. */
    HostFigures NONE = new HostFigures() {
        @Override
        public String node() {
            return "";
        }

        @Override
        public Map<String, Long> read() {
            return Map.of();
        }
    };

    /** What the machine is called. */
    String node();

    /** The figures of now, by meter; what cannot be read is missing. */
    Map<String, Long> read();
}
