// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.etcd;

import io.etcd.jetcd.Client;
import io.nephometer.runtime.Ticker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to one node, all before one moment. */
final class EtcdSession {
    private final Client client;
    private final Ticker ticker;
    private final long end;

    EtcdSession(Client client, Ticker ticker, long end) {
        this.client = client;
        this.ticker = ticker;
        this.end = end;
    }

    Client client() {
        return client;
    }

    /** The answer to a request. */
    <T> T await(CompletableFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(Math.max(0, end - ticker.nanos()), TimeUnit.NANOSECONDS);
    }
}
