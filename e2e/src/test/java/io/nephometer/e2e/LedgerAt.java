// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.store.ledger.AuditDesk;
import io.nephometer.store.ledger.Ledger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A ledger of a real server by whose clock audits begin always at the same moment, whatever the server's clock says. */
final class LedgerAt {
    private LedgerAt() {}

    static Ledger of(Ledger ledger, Instant now) {
        AuditDesk desk = of(AuditDesk.class, ledger.audits(), Set.of("now", "agreed"), now);
        return of(Ledger.class, ledger, Set.of("audits"), desk);
    }

    /** {@code whole}, but for what these methods give. */
    private static <T> T of(Class<T> type, T whole, Set<String> methods, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, called, arguments) ->
                        methods.contains(called.getName()) ? answer : call(whole, called, arguments)));
    }

    private static @Nullable Object call(Object whole, Method called, @Nullable Object[] arguments) throws Throwable {
        try {
            return called.invoke(whole, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
