// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.app.central.CentralPolling;
import java.io.IOException;

/** A central agent of the demonstration, that can be killed. */
record CentralMember(String name, Gate gate, CentralPolling polling, Thread end) implements AutoCloseable {
    CentralMember(String name, Gate gate, CentralPolling polling) {
        this(name, gate, polling, Thread.ofVirtual().name("end of " + name).unstarted(() -> end(polling)));
    }

    /** Nobody hears of it any more, from one moment to the next; its threads end afterwards. */
    void kill() {
        gate.shut();
        end.start();
    }

    boolean isLive() {
        return !gate.isShut();
    }

    private static void end(CentralPolling polling) {
        try {
            polling.close();
        } catch (IOException e) {
            throw new IllegalStateException("the spool of a killed member cannot be closed", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!isLive() && end.getState() != Thread.State.NEW) {
            try {
                end.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else {
            polling.close();
        }
    }
}
