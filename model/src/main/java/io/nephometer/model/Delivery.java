// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/** One message in our hands that its source still holds responsible for us until it is settled. */
public interface Delivery {
    RawMessage message();
}
