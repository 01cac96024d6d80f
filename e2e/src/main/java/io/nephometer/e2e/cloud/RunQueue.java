// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The name of a run on the cloud's broker: that of the queue which the product makes there, and of an exchange if it needs one. What has
 * the name is removed at the end; by then nothing may live that would make it again. For one thread.
 */
public final class RunQueue implements AutoCloseable {
    private static final List<String> SUFFIXES = List.of("", ".overflow", ".overflow.uncounted", ".canary");

    private final String url;
    private final PrintWriter told;
    private final String name =
            "nephometer.cloud." + Long.toHexString(ThreadLocalRandom.current().nextLong());
    private final CloudBroker broker;
    private boolean removed;

    /**
     * Connects to the broker; makes nothing yet.
     *
     * @param url of the broker, with its password
     * @param told what is going on
     */
    public RunQueue(String url, PrintWriter told) throws IOException {
        this.url = url;
        this.told = told;
        this.broker = CloudBroker.connect(url, "nephometer cloud: " + name);
    }

    public String name() {
        return name;
    }

    public CloudBroker broker() {
        return broker;
    }

    /** Removes everything that has the name, over a connection of its own: the one of the run may be gone since. */
    public void remove() {
        removed = true;
        try (CloudBroker fresh = CloudBroker.connect(url, "nephometer cloud: removes " + name)) {
            SUFFIXES.forEach(suffix -> remove(fresh, name + suffix));
        } catch (IOException e) {
            SUFFIXES.forEach(suffix -> tell(name + suffix, e));
        }
    }

    private void remove(CloudBroker fresh, String each) {
        try {
            fresh.remove(each);
        } catch (IOException | ShutdownSignalException e) {
            tell(each, e);
        }
    }

    private void tell(String each, Exception failure) {
        told.println("could not remove " + each + " from the broker, do it by hand: " + failure.getMessage());
    }

    @Override
    public void close() {
        if (!removed) {
            remove();
        }
        broker.close();
    }
}
