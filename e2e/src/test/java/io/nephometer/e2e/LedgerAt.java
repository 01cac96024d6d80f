// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.store.ledger.AuditDesk;
import io.nephometer.store.ledger.Ledger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A ledger of a real server by whose clock audits begin always at the same moment, whatever the server's clock says. */
final class LedgerAt {
    private LedgerAt() {}

    static Ledger of(Ledger ledger, Instant now) {
        return of(Ledger.class, ledger, "audits", of(AuditDesk.class, ledger.audits(), "now", now));
    }

    /** {@code whole}, but for what the one method gives. */
    private static <T> T of(Class<T> type, T whole, String method, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, called, arguments) -> called.getName().equals(method) ? answer : call(whole, called, arguments)));
    }

    private static @Nullable Object call(Object whole, Method called, @Nullable Object[] arguments) throws Throwable {
        try {
            return called.invoke(whole, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
