// SPDX-License-Identifier: Apache-2.0
/**
 * Notifications from the message bus: RabbitMQ, where we are a guest on the broker of somebody's control plane, and the bus
 * inside one process.
 */
@NullMarked
package io.nephometer.sources.notifications;

import org.jspecify.annotations.NullMarked;
