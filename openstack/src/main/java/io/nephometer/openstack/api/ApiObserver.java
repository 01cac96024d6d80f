// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

/** Is told of every request that was sent, and of every one that the budget held back. Thread-safe, quick, throws nothing. */
@FunctionalInterface
public interface ApiObserver {
    /** Watches nothing. */
    ApiObserver NONE = _ -> {};

    /** One request is over; of one with several attempts, each is told. */
    void finished(ApiCall call);
}
