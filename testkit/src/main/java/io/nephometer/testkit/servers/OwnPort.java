// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

/** A port of the loopback address that is chosen when first asked for, and kept. */
final class OwnPort {
    private int number;

    int number() {
        if (number == 0) {
            number = FreePorts.next();
        }
        return number;
    }
}
