// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hints by a client that may be gone. */
class KeyWatchTest {
    private final KeyWatch watch = new KeyWatch(EtcdConnection.bytes("/test/"));
    private final List<String> hints = new ArrayList<>();
    private final List<Watch.Listener> watching = new ArrayList<>();

    private static <T> T of(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    private static Client discarded() {
        return of(Client.class, (_, method, _) -> {
            throw new IllegalStateException("closed: no " + method.getName());
        });
    }

    private Client live() {
        Watch.Watcher watcher = of(Watch.Watcher.class, (_, _, _) -> false);
        Watch client = of(Watch.class, (_, _, arguments) -> {
            watching.add((Watch.Listener) arguments[2]);
            return watcher;
        });
        return of(Client.class, (_, _, _) -> client);
    }

    @Test
    void aClientThatWasThrownAwayCostsTheHintsAlone_andTheNextOneBringsThemBack() {
        watch.connected(discarded());
        watch.add(() -> hints.add("changed"));
        watch.ensure();
        assertThat(watching).isEmpty();

        watch.connected(live());
        watch.ensure();
        watch.ensure();

        assertThat(watching).hasSize(1);
        watching.getFirst().onNext(null);
        assertThat(hints).containsExactly("changed");
    }
}
